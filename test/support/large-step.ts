import type { PullRequestFacts } from '../../src/core/explain/pull-request-facts.ts'
import type { Verdict } from '../../src/core/model/verdict.ts'
import type { CarriedPatch } from '../../src/core/series/carried-series.ts'
import type { PatchDiff } from '../../src/core/series/patch-diff.ts'
import { carriedPatch, carryFacts, fullStep, oid, release, step } from './pull-request.ts'

/** What becomes of patches in a long series, in turns. */
const FATES: readonly Verdict[] = [
  'clean',
  'upstreamed',
  'clean',
  'moved',
  'upstreamed',
  'obsolete',
  'clean',
  'clean',
]

const PARTS = [
  'container-engine/docker',
  'kubernetes/node',
  'network_plugin/calico',
  'download',
  'etcd',
  'bootstrap-os',
]

/** A step that carries so many patches: one in conflict, one adapted, the rest as long series have it; diffs as long as real ones. */
export function largeStep(count: number, linesEach = 90): PullRequestFacts {
  const small = fullStep()
  const patches = Array.from({ length: count }, (_, index) => patchAt(index, count))
  const diffs = patches.map(
    (carried, index) => [carried.patch.id, diffsOf(carried, index, linesEach)] as const,
  )
  const moves = Array.from({ length: 11 }, (_, at) =>
    step(
      'kubespray',
      [`v2.${19 + at}.${at === 0 ? 1 : 0}`, `v1.${23 + at}.6`],
      [`v2.${20 + at}.0`, `v1.${24 + at}.6`],
    ),
  )
  return {
    ...small,
    release: release('v2.20.0'),
    ...(moves[0] && { step: moves[0] }),
    route: { steps: moves, at: 0 },
    carry: {
      ...carryFacts(patches, {
        diffs,
        upstream: new Map([[oid('9'), 'Rewrite the task that installs the engine (#9137)']]),
      }),
      base: { release: release('v2.19.1'), commit: oid('a'), exact: true, found: 'ancestry' },
      commits: new Map(patches.map(({ patch }) => [patch.id, oid('c')])),
    },
    kubernetes: { from: 'v1.23.6', to: 'v1.24.6', architectures: ['amd64', 'arm64'], told: 'inventory' },
    // What a step of such a size is asked about is its patches.
    findings: (small.findings ?? []).filter(({ severity }) => severity !== 'error'),
    inventories: (small.inventories ?? []).map((each) => ({ ...each, addons: [] })),
  }
}

function patchAt(index: number, count: number): CarriedPatch {
  const verdict = fateOf(index, count)
  const part = PARTS[index % PARTS.length] ?? ''
  const path = `roles/${part}/tasks/main.yml`
  const upstream = verdict === 'clean' || verdict === 'adapted' ? [] : [oid('9')]
  const open = {
    line: 41,
    key: 'name: ensure the engine is installed',
    sides: {
      base: textOf(index, 6, 'base'),
      upstream: textOf(index, 8, 'upstream'),
      patch: textOf(index, 7, 'patch'),
    },
  }
  return carriedPatch(String(index), {
    title: `Make the ${part.split('/').at(-1)} part configurable for nodes with little memory (${index + 1})`,
    verdict,
    upstream,
    files: [
      {
        path,
        upstream,
        reasons: [REASONS[verdict]],
        ...(verdict === 'conflict' && { regions: [open] }),
      },
      {
        path: `roles/${part}/defaults/main.yml`,
        verdict: verdict === 'conflict' ? 'clean' : verdict,
        upstream,
      },
    ],
  })
}

const REASONS = {
  clean: { code: 'untouched' },
  moved: { code: 'untouched' },
  adapted: { code: 'order-chosen', line: 12 },
  upstreamed: { code: 'all-there' },
  obsolete: { code: 'all-there' },
  conflict: { code: 'same-lines' },
} as const

function fateOf(index: number, count: number): Verdict {
  if (index === Math.floor(count / 6)) return 'conflict'
  if (index === count - 1) return 'adapted'
  return FATES[index % FATES.length] ?? 'clean'
}

function diffsOf({ files, verdict }: CarriedPatch, index: number, linesEach: number): readonly PatchDiff[] {
  return files.map(({ path, to }, at) => {
    const before = hunkOf(index + at, linesEach, 'before')
    const same = verdict === 'clean' || verdict === 'moved'
    const after = same ? before : hunkOf(index + at, verdict === 'adapted' ? linesEach : 0, 'after')
    return { path, to, before, after, same }
  })
}

function hunkOf(index: number, count: number, form: string): readonly string[] {
  if (count === 0) return []
  const lines = Array.from({ length: count }, (_, at) => {
    const sign = at % 3 === 0 ? ' ' : '+'
    const name = at % 9 === 4 ? form : 'memory'
    return `${sign}  ${name}_limit_${index}_${at}: "{{ ansible_memory_mb.real.total // ${at + 1} if node_is_small | default(false) else 0 }}"`
  })
  return ['@@ -40,6 +40,40 @@', ...lines]
}

function textOf(index: number, count: number, name: string): string {
  return Array.from(
    { length: count },
    (_, at) => `    ${name}_${index}_${at}: "{{ engine_version | default(omit) }}"\n`,
  ).join('')
}
