import { optional } from '../../core/model/defined.ts'
import { notesFor } from '../../core/advice/notes-for.ts'
import { judgeStep, type Remark } from '../../core/judge/judge-step.ts'
import { staysForPerson } from '../../core/inventory/step-changes.ts'
import { minorNumber } from '../../core/model/release-tag.ts'
import type { LintFinding } from '../../core/plan/lint-finding.ts'
import type { Step } from '../../core/plan/step.ts'
import type { Oid } from '../../core/model/oid.ts'
import { loadCatalogue, type CatalogueStore } from './load-catalogue.ts'
import type { Cluster } from '../repository/read-clusters.ts'
import { lintForStep, type LintedFork } from './lint-for-step.ts'
import type { Fork } from '../repository/find-series.ts'
import type { ArchitecturesFound } from '../repository/find-cluster-architectures.ts'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'

/** What a step of the way has in store for the inventories as they are now. */
export interface StepAhead {
  readonly kubespray: Step['kubespray']
  /** Of the next step everything, of those behind it what would stop the play. */
  readonly findings: readonly Remark[]
}

interface AheadQuestion extends LintedFork {
  readonly fork: Fork
  /** What the next step changes, where that is known. */
  readonly lint: readonly LintFinding[]
  readonly architectures: ArchitecturesFound
}

/** Looks at every step of the way to another release; what an earlier step stops at already is not said again. */
export async function lookAhead(
  store: CatalogueStore,
  { fork, clusters, repository, architectures, lint: next }: AheadQuestion,
  steps: readonly Step[],
): Promise<readonly StepAhead[]> {
  const ahead: StepAhead[] = []
  const told = new Set<string>()
  const own = clusters.filter(({ inventory }) => !inventory.isSample)
  for (const step of steps.filter(({ kubespray }) => kubespray.from !== kubespray.to)) {
    const { from, to } = step.kubespray
    const base =
      ahead.length === 0 ? fork.base : { ...fork.base, commit: repository.releases.get(from) as Oid }
    // Tasks and templates are read for the next step alone: what they mention stops no play.
    const lint =
      ahead.length === 0
        ? next
        : withoutSettled(
            await lintForStep(store, { fork: { base }, clusters, repository, depth: 'defaults' }, step),
            own,
          )
    const catalogue = await catalogueAt(store, base.commit)
    const notes = own.flatMap(({ settings }) =>
      notesFor({ from, to, catalogue, settings, architectures: architectures.architectures }),
    )
    const { remarks } = judgeStep({ lint, notes: [...new Set(notes)] })
    const wanted = remarks.filter(
      ({ severity, code, message, subject, file }) =>
        (ahead.length === 0 || severity === 'error') &&
        !told.has([code, subject ?? '', file, message].join('\0')),
    )
    for (const { code, subject, file, message } of wanted)
      told.add([code, subject ?? '', file, message].join('\0'))
    ahead.push({ kubespray: step.kubespray, findings: wanted })
  }
  return ahead
}

async function catalogueAt(store: CatalogueStore, commit: Oid): Promise<Catalogue> {
  const found = (await store.objects.readCommits([commit])).get(commit)
  if (!found) throw new Error(`no commit ${commit}, which a tag points to`)
  return loadCatalogue(store, found.tree)
}

/** What the step's own edits settle stops nobody, and is good to know. */
export function withoutSettled(
  lint: readonly LintFinding[],
  clusters: readonly Cluster[],
): readonly LintFinding[] {
  return lint.map((each) => {
    const isOpen =
      each.severity !== 'error' || clusters.some(({ settings }) => staysForPerson(each, settings))
    return isOpen ? each : { ...each, severity: 'notice' as const }
  })
}

/** What is to be known of what runs now: a Kubernetes above the one the release was made for is listed, and not tested. */
export function aboutRunning(
  clusters: readonly Cluster[],
  { kubernetes }: Catalogue,
): readonly AboveRelease[] {
  const own = kubernetes.default
  if (own === undefined) return []
  return clusters.flatMap(({ inventory, facts }): readonly AboveRelease[] => {
    const { value, setting } = facts.kubernetes
    if (value === undefined || !/^v?\d+\.\d+/.test(value) || minorNumber(value) <= minorNumber(own)) return []
    return [
      {
        inventory: inventory.path,
        kubernetes: value,
        madeFor: own,
        ...optional(setting, (setting) => ({ at: setting.at })),
      },
    ]
  })
}

export interface AboveRelease {
  readonly inventory: string
  readonly kubernetes: string
  readonly madeFor: string
  readonly at?: { readonly file: string; readonly line: number }
}
