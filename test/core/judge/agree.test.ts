import { describe, expect, test } from 'vitest'
import { kubernetesFactsOf } from '../../../src/app/step/kubernetes-facts-of.ts'
import type { Upgrade } from '../../../src/app/step/upgrade.ts'
import type { Cause, Finding, FindingCode, Severity } from '../../../src/core/audit/finding.ts'
import { needsPerson, renderCheck } from '../../../src/core/explain/texts/render-check.ts'
import { renderPullRequest } from '../../../src/core/explain/texts/render-pull-request.ts'
import type { PullRequestFacts } from '../../../src/core/explain/pull-request-facts.ts'
import { judgeStep } from '../../../src/core/judge/judge-step.ts'
import type { Architecture } from '../../../src/core/model/architecture.ts'
import type { LintCode } from '../../../src/core/plan/lint-finding.ts'
import { upgradeJson } from '../../../src/entry/print/plan-json.ts'
import { terminal } from '../../../src/core/explain/blocks/terminal.ts'
import { finishedBlocks } from '../../../src/entry/print/finished-blocks.ts'
import { addonAdvice, carriedPatch, carryFacts, release, step } from '../../support/pull-request.ts'

const CLEAN = carriedPatch('1', { title: 'Own registry', verdict: 'clean', files: [{ path: 'a.yml' }] })
const OPEN = carriedPatch('2', {
  title: 'Other ports',
  verdict: 'conflict',
  files: [{ path: 'b.yml', verdict: 'conflict', reasons: [{ code: 'same-lines' }] }],
})
const LEFT = carriedPatch('3', { title: 'Backport', verdict: 'upstreamed', files: [{ path: 'c.yml' }] })

function stepWith(more: Partial<PullRequestFacts>, patches = [CLEAN]): PullRequestFacts {
  const taken = step('kubespray', ['v2.10.0', 'v1.14.3'], ['v2.11.0', 'v1.15.3'])
  const architectures: readonly Architecture[] = ['amd64', 'arm64']
  return {
    ...{ kind: 'kubespray', surface: 'terminal', branch: 'main', release: release('v2.11.0'), step: taken },
    carry: carryFacts(patches),
    kubernetes: kubernetesFactsOf(
      { architectures: { architectures, from: 'config', evidence: [], speaking: [] } },
      taken,
      [],
      [],
    ),
    ...more,
  }
}

function found(
  severity: Severity,
  code: FindingCode,
  on: readonly Architecture[],
  cause?: Cause,
): PullRequestFacts {
  const finding: Finding = {
    ...{ severity, code, subject: 'etcd', file: 'roles/x/defaults/main.yml', line: 7, architectures: on },
    message: `This is what ${code} says.`,
    ...(cause && { cause }),
  }
  return stepWith({ findings: [finding] })
}

function linted(severity: Severity, code: LintCode): PullRequestFacts {
  const place = { file: 'inventory/home/group_vars/all/all.yml', line: 3 }
  return stepWith({ lint: [{ code, severity, message: `This is what ${code} says.`, key: 'x', ...place }] })
}

function noted(severity: Severity): PullRequestFacts {
  const text = `This is what a note of weight ${severity} says.`
  return stepWith({ notes: [{ release: 'v2.11.0', text, references: ['#1'], severity, touches: {} }] })
}

function inventory(more: Partial<NonNullable<PullRequestFacts['inventories']>[number]>): PullRequestFacts {
  return stepWith({
    inventories: [{ path: 'inventory/home', changed: [], problems: [], addons: [], ...more }],
  })
}

const SETTING: Cause = { kind: 'setting', name: 'kube_version', file: 'inventory/home/all.yml', line: 1 }
const PROBLEM = {
  code: 'inventory-not-ready',
  message: 'This is what the edit says.',
  at: { file: 'inventory/home/all.yml', line: 2, column: 1 },
}

interface Expected {
  /** Draft, failed check, and exit code 3; else ready, passed and 0. */
  readonly person: boolean
  /** What terminal, JSON, body and check all say; the check says what has no place in numbers alone. */
  readonly says?: string
  /** The table: what each architecture gets. */
  readonly amd64?: string
  readonly arm64?: string
}

const VERSION = '`1.15.3`'

const SITUATIONS: readonly (readonly [string, PullRequestFacts, Expected])[] = [
  ['a clean step', stepWith({}), { person: false }],
  ['a step with a patch that is left out', stepWith({}, [CLEAN, LEFT]), { person: false, says: 'Backport' }],
  ['a conflict', stepWith({}, [CLEAN, OPEN]), { person: true, says: 'Other ports' }],
  [
    'a conflict and an error',
    { ...found('error', 'missing-checksum', ['arm64'], { kind: 'release' }), carry: carryFacts([OPEN]) },
    {
      person: true,
      says: 'This is what missing-checksum says.',
      arm64: '**none**: the release lacks `etcd`.',
    },
  ],
  [
    'a checksum that the release lacks',
    found('error', 'missing-checksum', ['arm64'], { kind: 'release' }),
    {
      person: true,
      says: 'This is what missing-checksum says.',
      arm64: '**none**: the release lacks `etcd`.',
    },
  ],
  [
    'a checksum that a pin asks for in vain',
    found('error', 'missing-checksum', ['amd64', 'arm64'], SETTING),
    {
      person: true,
      says: 'This is what missing-checksum says.',
      amd64: '**none**: your `kube_version` breaks `etcd`.',
      arm64: '**none**: your `kube_version` breaks `etcd`.',
    },
  ],
  [
    'an entry that a patch breaks',
    found('error', 'undefined-variable', ['amd64', 'arm64'], { kind: 'patch' }),
    {
      person: true,
      says: 'This is what undefined-variable says.',
      amd64: '**none**: your patches break `etcd`.',
      arm64: '**none**: your patches break `etcd`.',
    },
  ],
  [
    'a version that no map has, and nobody knows why',
    found('error', 'missing-version', ['arm64']),
    { person: true, says: 'This is what missing-version says.', arm64: '**none**: `etcd` cannot be had.' },
  ],
  [
    'a checksum of two architectures',
    found('error', 'shared-checksum', ['arm64'], { kind: 'release' }),
    {
      person: true,
      says: 'This is what shared-checksum says.',
      arm64: '**none**: the release lacks `etcd`.',
    },
  ],
  [
    'a checksum that is corrected later',
    found('warning', 'corrected-checksum', ['arm64']),
    { person: false, says: 'This is what corrected-checksum says.' },
  ],
  [
    'an image for one architecture',
    found('error', 'image-of-one-architecture', ['arm64']),
    {
      person: true,
      says: 'This is what image-of-one-architecture says.',
      arm64: `${VERSION}, but \`etcd\` would not run there`,
    },
  ],
  [
    'a warning alone',
    found('warning', 'architecture-in-file', ['arm64']),
    { person: false, says: 'This is what architecture-in-file says.' },
  ],
  [
    'a notice alone',
    found('notice', 'variable-unread', []),
    { person: false, says: 'This is what variable-unread says.' },
  ],
  [
    'a variable that stops the play',
    linted('error', 'variable-stops-play'),
    {
      person: true,
      says: 'This is what variable-stops-play says.',
      amd64: '**none**: there is an error to fix first.',
      arm64: '**none**: there is an error to fix first.',
    },
  ],
  [
    'a variable that nothing reads',
    linted('warning', 'variable-gone'),
    { person: false, says: 'This is what variable-gone says.' },
  ],
  [
    'a note of what stops the play',
    noted('error'),
    {
      person: true,
      says: 'This is what a note of weight error says.',
      amd64: '**none**: there is an error to fix first.',
      arm64: '**none**: there is an error to fix first.',
    },
  ],
  [
    'a note of what to look at',
    noted('warning'),
    { person: false, says: 'This is what a note of weight warning says.' },
  ],
  [
    'an edit that could not be made',
    inventory({ problems: [PROBLEM] }),
    { person: false, says: 'This is what the edit says.' },
  ],
  [
    'an add-on to decide about',
    inventory({
      addons: addonAdvice(
        'v2.30.0',
        { ingress_nginx_enabled: 'false' },
        'ingress_nginx_enabled: true\n',
        new Map([['ingress_nginx_enabled', 'ask'] as const]),
      ),
    }),
    { person: false, says: 'ingress-nginx' },
  ],
  [
    'Kubernetes that has to go first',
    stepWith({ against: [{ code: 'kubernetes-first', message: 'This is what speaks against it.' }] }),
    { person: true, says: 'This is what speaks against it.' },
  ],
  [
    'a way that is blocked',
    stepWith({ against: [{ code: 'not-installable', message: 'This is what blocks the way.' }] }),
    { person: true, says: 'This is what blocks the way.' },
  ],
]

describe('terminal, JSON, body, check and exit code agree on', () => {
  test.each(SITUATIONS)('%s', (_title, facts, { person, says, amd64 = VERSION, arm64 = VERSION }) => {
    const surfaces = surfacesOf(facts)
    expect(surfaces.exit).toBe(person ? 3 : 0)
    expect(surfaces.draft).toBe(person)
    expect(/would fail|to settle/.test(surfaces.check.title)).toBe(person)
    const hasErrors = surfaces.json.findings.some(({ severity }) => severity === 'error')
    const isOpen = surfaces.json.patches.some(({ verdict }) => verdict === 'conflict')
    expect(hasErrors || isOpen).toBe(person)
    // The terminal says it in the words of the proposal, and what waits at its end.
    expect(/^(?:Draft|Not ready): /m.test(surfaces.terminal)).toBe(person)
    expect(person && surfaces.terminal.includes('I found nothing that waits for you')).toBe(false)
    expect(/^\*\*(?:Draft|Not ready): /.test(surfaces.body)).toBe(person)
    expect(surfaces.body).toContain(`| \`amd64\` | ${amd64} |`)
    expect(surfaces.body).toContain(`| \`arm64\` | ${arm64} |`)
    if (says === undefined) return
    expect(surfaces.terminal.replace(/\s+/g, ' ')).toContain(says)
    expect(JSON.stringify(surfaces.json)).toContain(says)
    expect(surfaces.body).toContain(says)
    const told = [surfaces.check.summary, ...surfaces.check.annotations.map(({ message }) => message)].join(
      ' ',
    )
    const isCounted = /\d+ warnings? and \d+ notices?|: \d|\d+ already upstream/.test(surfaces.check.summary)
    expect(told.includes(says) || (!person && isCounted)).toBe(true)
  })
  test('more than twenty situations', () => expect(SITUATIONS.length).toBeGreaterThanOrEqual(20))
})

interface Json {
  readonly findings: readonly { readonly severity: string }[]
  readonly patches: readonly { readonly verdict: string }[]
}

/** What each surface says of one step. */
function surfacesOf(facts: PullRequestFacts) {
  const { carry, inventories = [] } = facts
  const text = renderPullRequest(facts)
  const done = {
    ...{ kind: 'upgraded', to: facts.release, step: facts.step },
    plan: {
      branch: { name: 'main', others: [] },
      fork: { base: carry?.base, series: carry?.series },
    },
    carried: carry?.carried,
    inventories: inventories.map((each) => ({ ...each, edits: [], notes: [] })),
    ...{ findings: judgeStep(facts).remarks, grid: [], facts, text },
  } as unknown as Upgrade
  return {
    terminal: terminal(finishedBlocks(done), 10_000),
    json: JSON.parse(JSON.stringify(upgradeJson(done))) as Json,
    body: text.body,
    check: renderCheck(facts),
    draft: needsPerson(facts),
    exit: needsPerson(facts) ? 3 : 0,
  }
}
