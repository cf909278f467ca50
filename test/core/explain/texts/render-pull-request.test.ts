import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../../../../src/core/audit/finding.ts'
import { COMMANDS } from '../../../../src/core/commands/commands.ts'
import { needsPerson, renderCheck } from '../../../../src/core/explain/texts/render-check.ts'
import { renderPullRequest } from '../../../../src/core/explain/texts/render-pull-request.ts'
import type { PullRequestFacts } from '../../../../src/core/explain/pull-request-facts.ts'
import { markdown } from '../../../../src/core/explain/blocks/markdown.ts'
import { routeBlocks } from '../../../../src/core/explain/texts/route-blocks.ts'
import {
  addonAdvice,
  carriedPatch,
  carryFacts,
  fullStep,
  oid,
  release,
  step,
} from '../../../support/pull-request.ts'

const GOLDEN = join(import.meta.dirname, '../../../../fixtures/pulls')
const NGINX = { ingress_nginx_enabled: 'false' }

function addonStep(
  tag: string,
  switches: Readonly<Record<string, string>>,
  inventory: string,
): PullRequestFacts {
  const addons = addonAdvice(tag, switches, inventory)
  return {
    kind: 'addon',
    surface: 'pull-request',
    branch: 'main',
    release: release(tag),
    inventories: [
      {
        path: 'inventory/home',
        changed: addons.flatMap(({ changes, at }) =>
          changes.map(({ kind, name }) => ({
            file: at?.file ?? '',
            line: at?.line ?? 1,
            key: name,
            from: 'true',
            to: kind === 'set' ? 'false' : undefined,
          })),
        ),
        problems: [],
        addons,
      },
    ],
  }
}

const ON = 'ingress_nginx_enabled: true\ningress_nginx_host_network: true\n'

const cases: readonly (readonly [string, PullRequestFacts])[] = [
  ['kubespray', fullStep()],
  ['kubespray-in-a-terminal', { ...fullStep(), surface: 'terminal' }],
  [
    'kubespray-dry-run',
    {
      kind: 'kubespray',
      surface: 'terminal',
      branch: 'main',
      release: release('v2.11.0'),
      carry: carryFacts([]),
    },
  ],
  [
    'kubernetes',
    {
      kind: 'kubernetes',
      surface: 'pull-request',
      branch: 'main',
      release: release('v2.29.1'),
      step: step('kubernetes', ['v2.29.1', '1.32.9'], ['v2.29.1', '1.33.5']),
      kubernetes: {
        from: '1.32.9',
        to: '1.33.5',
        architectures: ['amd64', 'arm64'],
        told: 'assumed',
      },
      inventories: [
        {
          path: 'inventory/home',
          changed: [
            {
              file: 'inventory/home/group_vars/k8s_cluster/k8s-cluster.yml',
              line: 9,
              key: 'kube_version',
              from: '1.32.9',
              to: '1.33.5',
            },
          ],
          problems: [
            {
              code: 'variable-set-for-some',
              message: '`kube_version` is set for the host `old` as well, and stays as it is there.',
              at: { file: 'inventory/home/host_vars/old.yml', line: 1, column: 1 },
            },
          ],
          addons: [],
        },
      ],
    },
  ],
  ['ingress-nginx-v2.8.5', addonStep('v2.8.5', NGINX, ON)],
  ['ingress-nginx-v2.20.0', addonStep('v2.20.0', NGINX, ON)],
  ['ingress-nginx-v2.30.0', addonStep('v2.30.0', NGINX, ON)],
  ['ingress-nginx-v2.31.0', addonStep('v2.31.0', {}, ON)],
  [
    'audit',
    {
      kind: 'audit',
      surface: 'pull-request',
      branch: 'main',
      release: release('v2.8.0'),
      fixes: [
        {
          title: 'Know the architectures of all nodes',
          commit: oid('7'),
          files: ['roles/kubernetes/preinstall/tasks/0040-set_facts.yml'],
          notes: [
            'Upstream never had a checksum of `etcd` v3.2.24 for arm, so `etcd_binary_checksum` says `0` there.',
          ],
        },
      ],
      findings: fullStep().findings ?? [],
    },
  ],
]

describe('bodies we stand by', () => {
  test.each(cases)('%s', async (name, facts) => {
    const { title, body } = renderPullRequest(facts)
    await expect(`# ${title}\n\n${body}`).toMatchFileSnapshot(join(GOLDEN, `${name}.md`))
  })
  test('the check of a step', async () => {
    const { title, summary, annotations } = renderCheck(fullStep())
    const lines = annotations.map(
      ({ path, line, severity, title: rule, message }) =>
        `${severity} ${path}:${line} **${rule}** ${message}`,
    )
    await expect(`# ${title}\n\n${summary}\n${lines.join('\n')}\n`).toMatchFileSnapshot(
      join(GOLDEN, 'kubespray-check.md'),
    )
  })
  test('the whole way as a list', async () => {
    await expect(
      markdown(routeBlocks(fullStep().route ?? { steps: [] }, 'pull-request')) + '\n',
    ).toMatchFileSnapshot(join(GOLDEN, 'route.md'))
  })
})

test('the parts stand in the order in which a reviewer asks', () => {
  const { body } = renderPullRequest(fullStep())
  const heads = [...body.matchAll(/^## (?:<a name="\w+"><\/a>)?(.*)$/gm)].map(([, head]) => head)
  expect(heads).toEqual([
    'Patches',
    'Kubernetes',
    'Your variables',
    'Add-ons',
    'On every architecture?',
    'What else changes for you',
    'How to apply it, and how to go back',
    'Where it stands',
    'Commands',
    'The other patches',
  ])
  const [verdict, decisions, way] = body.split('\n\n')
  expect(verdict).toMatch(/^\*\*Draft: 1 error to fix and 1 conflict to settle in /)
  expect(decisions?.split('\n').map((line) => /^- \[ \] \*\*([\w ]+)\*\*/.exec(line)?.[1])).toEqual([
    'Fix',
    'Settle',
    'Decide',
    'Look at',
    'Agree to drop',
  ])
  expect(way).toMatch(
    /^`main`: Kubespray `v2.10.0` → \*\*`v2.11.0`\*\* → `v2.12.10` · Kubernetes `1.14.3` → /,
  )
})

describe('whether a person is needed', () => {
  const clean = carryFacts([carriedPatch('1', { title: 'x', verdict: 'clean', files: [{ path: 'a' }] })])
  const base: PullRequestFacts = {
    kind: 'kubespray',
    surface: 'pull-request',
    branch: 'main',
    release: release('v2.11.0'),
    carry: clean,
  }
  const { findings = [] } = fullStep()
  test.each([
    ['all carried', base, false],
    ['a warning', { ...base, findings: findings.slice(1) }, false],
    ['something would fail', { ...base, findings }, true],
    ['a conflict', fullStep(), true],
  ] as const)('%s', (_, facts, expected) => {
    expect(needsPerson(facts)).toBe(expected)
  })
  test('the title of the check says what is left', () => {
    expect(renderCheck(base).title).toBe('1 clean')
    expect(renderCheck(fullStep()).title).toBe('1 conflict to settle, 1 thing that would fail')
  })
})

test('commands are those that exist', () => {
  const { body } = renderPullRequest(fullStep())
  const named = [...(body.split('## Commands')[1] ?? '').split('\n## ')[0]!.matchAll(/`([a-z]+)` /g)].map(
    ([, name]) => name,
  )
  expect(named.length).toBeGreaterThan(5)
  expect(COMMANDS.map(({ name }) => name as string)).toEqual(
    expect.arrayContaining(named.filter((name) => name !== 'resume')),
  )
})

describe('what a reader is told to do', () => {
  const eyes = (facts: Partial<PullRequestFacts>): string =>
    renderPullRequest({ ...fullStep(), surface: 'terminal', ...facts }).body

  test('architectures that only patches tell are to be written down once some of these are left out', () => {
    expect(eyes({ toldByPatches: ['amd64', 'arm'] })).toContain(
      '**Write** `architectures: [amd64, arm]` into `.github/multiarch.yml`: only your patches tell that the cluster has amd64 and arm',
    )
    expect(eyes({})).not.toContain('only your patches tell')
    expect(eyes({ toldByPatches: ['amd64', 'arm'], carry: carryFacts([]) })).not.toContain(
      'only your patches tell',
    )
  })

  test('what is mechanical comes with the command, for the architectures that lack it', () => {
    const finding: Finding = {
      code: 'architecture-not-mapped',
      severity: 'error',
      file: 'a.yml',
      line: 1,
      message: 'It lacks arm.',
      subject: 'a',
      architectures: ['arm'],
      fix: 'architecture-groups',
    }
    const command =
      '`multiarch audit . --fix --rev multiarch/kubespray-2.11.0 --architectures amd64,arm`, in the clone, writes the patches.'
    expect(eyes({ findings: [finding] })).toContain(`One of these can be fixed by a recipe: ${command}`)
    // Under a pull request nobody can run it.
    expect(eyes({ findings: [finding], surface: 'pull-request' })).not.toContain('recipe')
  })
})
