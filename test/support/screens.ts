import { NO_DECISIONS } from '../../src/core/commands/decisions.ts'
import { renderDashboard, type DashboardFacts } from '../../src/core/explain/texts/render-dashboard.ts'
import { renderOnboarding } from '../../src/core/explain/texts/render-onboarding.ts'
import { renderPullRequest } from '../../src/core/explain/texts/render-pull-request.ts'
import { reportPage } from '../../src/entry/report/report-page.ts'
import { githubPage } from './github-page.ts'
import { largeStep } from './large-step.ts'
import { fullStep, oid, release } from './pull-request.ts'

const AT = { repository: 'https://github.com/somebody/infra', head: oid('e'), before: oid('f') }

/** A proposal with so many patches, as it stands on GitHub. */
export function proposalPage(count: number): string {
  const { title, body } = renderPullRequest({ ...largeStep(count), at: AT })
  return githubPage(title, body)
}

/** One with something of everything, an add-on question and a failing audit among it. */
export function fullProposalPage(): string {
  const { title, body } = renderPullRequest({ ...fullStep(), at: AT })
  return githubPage(title, body)
}

function dashboardFacts(count: number): DashboardFacts {
  const { route, carry } = largeStep(count)
  return {
    stands: {
      branch: 'main',
      state: { release: release('v2.19.1'), kubernetes: '1.23.6' },
      way: { release: release('v2.19.1'), steps: route?.steps ?? [], off: [] },
    },
    open: [
      {
        number: 41,
        title: 'Upgrade Kubespray from v2.19.1 to v2.20.0: 1 conflict to settle',
        url: 'https://github.com/somebody/infra/pull/41',
        draft: true,
        outcome: '1 conflict to settle, 1 patch to look at',
      },
    ],
    patches: (carry?.carried.patches ?? []).map(({ patch, verdict }) => ({ title: patch.title, verdict })),
    questions: [{ name: 'ingress_nginx', title: 'ingress-nginx' }],
    decisions: { ...NO_DECISIONS, skipped: [release('v2.19.0')] },
    problems: [
      {
        code: 'variable-not-editable',
        message:
          '`kube_version` is set from another variable, so I cannot change it; set it to `v1.24.6` yourself.',
        at: { file: 'inventory/home/group_vars/k8s_cluster/k8s-cluster.yml', line: 23, column: 1 },
      },
    ],
    notes: [{ code: 'tag-moved', message: 'Upstream’s tag `v2.19.1` points to 9137abc12 now.' }],
    version: '0.1.0',
  }
}

export function dashboardPage(count: number): string {
  return githubPage('Kubespray upgrades', renderDashboard(dashboardFacts(count), '2026-01-31'))
}

export function onboardingPage(count: number): string {
  const { route, carry } = largeStep(count)
  const body = renderOnboarding({
    ...{ branch: 'main', release: release('v2.19.1'), steps: route?.steps ?? [], off: [], isAssumed: true },
    architectures: ['amd64', 'arm64'],
    speaking: [{ host: 'rpi3', architecture: 'arm', word: 'rpi3' }],
    inventories: ['inventory/home', 'inventory/away'],
    addons: [
      { name: 'ingress_nginx', title: 'ingress-nginx', policy: 'disable' },
      { name: 'dashboard', title: 'Kubernetes Dashboard', policy: 'ask' },
    ],
    patches: (carry?.carried.patches ?? []).map(({ patch }) => ({ title: patch.title })),
  })
  return githubPage('Add the settings of kubespray-multiarch', body)
}

export function reportOf(count: number): string {
  return reportPage({
    title: 'Upgrade Kubespray from v2.19.1 to v2.20.0',
    step: { ...largeStep(count), surface: 'terminal' },
    grid: {
      architectures: ['amd64', 'arm64', 'arm'],
      rows: [
        { component: 'etcd', version: 'v3.5.4', cells: { amd64: 'checked', arm64: 'checked', arm: 'fails' } },
        { component: 'flannel', version: undefined, cells: { amd64: 'image', arm64: 'image', arm: 'wrong' } },
      ],
    },
  })
}
