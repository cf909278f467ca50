import { optional } from '../../core/model/defined.ts'
import { notesFor } from '../../core/advice/notes-for.ts'
import { toldBy } from '../../core/judge/told-by.ts'
import { judgeStep, type Remark } from '../../core/judge/judge-step.ts'
import { staysForPerson } from '../../core/inventory/step-changes.ts'
import { minorNumber } from '../../core/model/release-tag.ts'
import type { LintFinding } from '../../core/plan/lint-finding.ts'
import type { Step } from '../../core/plan/step.ts'
import type { Oid } from '../../core/model/oid.ts'
import { loadCatalogue, type CatalogueStore } from './load-catalogue.ts'
import type { Cluster } from '../repository/read-clusters.ts'
import type { Finding } from '../../core/audit/finding.ts'
import { auditAhead } from './audit-ahead.ts'
import { afterStep, preflightAhead } from './preflight-ahead.ts'
import { ReleasesAhead } from './releases-ahead.ts'
import { lintForStep } from './lint-for-step.ts'
import type { LintedFork } from './linted-fork.ts'
import type { Fork } from '../repository/find-series.ts'
import type { ArchitecturesFound } from '../repository/find-cluster-architectures.ts'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { treeOfCommit } from './tree-of-commit.ts'

/** What a step of the way has in store for the inventories as they are now. */
export interface StepAhead {
  readonly kubespray: Step['kubespray']
  /** Of a step of Kubernetes alone, which it is. */
  readonly kubernetes?: Step['kubernetes']
  /** Of the next step everything, of those behind it what would stop the play. */
  readonly findings: readonly Remark[]
}

interface AheadQuestion extends LintedFork {
  readonly fork: Fork
  /** What the next step changes, where that is known. */
  readonly lint: readonly LintFinding[]
  readonly architectures: ArchitecturesFound
}

/**
 * Looks at every step of the way, each release in one reading; what an earlier step stops at already is not said again. Of a step of
 * Kubernetes alone what the audit would stop at is told, if anything is.
 */
export async function lookAhead(
  store: CatalogueStore,
  question: AheadQuestion,
  steps: readonly Step[],
): Promise<readonly StepAhead[]> {
  const { clusters, repository, depth, architectures } = question
  const releases = new ReleasesAhead(store.objects)
  const atRelease = releaseSteps(store, question, releases)
  // Over an API the releases behind the next one are not read, and that one is audited when its step is made.
  const asked = { clusters, architectures: architectures.architectures, ahead: releases }
  const isAsked = depth !== 'defaults' && clusters.some(({ inventory }) => !inventory.isSample)
  const audit = isAsked ? auditAhead(store, asked) : undefined
  const ahead: StepAhead[] = []
  for (const { kubespray, kubernetes } of steps) {
    const looked = kubespray.from === kubespray.to ? undefined : await atRelease({ kubespray, kubernetes })
    const commit = repository.releases.get(kubespray.to)
    const release = audit && commit && (await treeOfCommit(store.objects, commit))
    const stops = release ? await audit(release, kubernetes.to) : []
    if (looked) ahead.push({ kubespray, findings: [...looked, ...stops] })
    else if (stops.length > 0) ahead.push({ kubespray, kubernetes, findings: stops })
  }
  return ahead
}

type Versions = Pick<Step, 'kubespray' | 'kubernetes'>

/** Looks at the steps to another release, in their order: inventories are followed from one to the next. */
function releaseSteps(
  store: CatalogueStore,
  { fork, clusters, repository, depth, shapes, architectures, lint: next }: AheadQuestion,
  releases: ReleasesAhead,
): (step: Versions) => Promise<readonly Remark[]> {
  let isNext = true
  const told = new Set<string>()
  const shaped = new Set<string>()
  let own: readonly Cluster[] = clusters.filter(({ inventory }) => !inventory.isSample)
  return async (step) => {
    const { from, to } = step.kubespray
    const isFirst = isNext
    isNext = false
    const base = isFirst ? fork.base : { ...fork.base, commit: repository.releases.get(from) as Oid }
    // What tasks and templates only mention stops no play, and is asked for the next step alone.
    const found = isFirst
      ? next
      : withoutSettled(
          await lintForStep(
            store,
            {
              fork: { ...fork, base, kubespray: undefined },
              clusters: own,
              repository,
              shapes,
              depth: 'defaults',
            },
            step,
          ),
          own,
        )
    // A value of the wrong shape stops every release from there on.
    const lint = found.filter(
      ({ code, file, key }) => code !== 'value-shape' || !shaped.has(`${file}\0${key}`),
    )
    for (const { code, file, key } of found) if (code === 'value-shape') shaped.add(`${file}\0${key}`)
    const catalogue = await catalogueAt(store, base.commit)
    const notes = own.flatMap(({ settings }) =>
      notesFor({ from, to, catalogue, settings, architectures: architectures.architectures }),
    )
    const arrived = await treeOfCommit(store.objects, repository.releases.get(to) as Oid)
    own = afterStep(fork.headTree, own, {
      from: catalogue,
      to: await loadCatalogue(store, arrived),
      tag: to,
      lint,
      kubernetes: step.kubernetes.to,
    })
    const checks =
      depth === 'mentions' ? await checksAhead(store, { fork, own, arrived, architectures, releases }) : []
    const isTold = toldBy(lint)
    const { remarks } = judgeStep({
      lint,
      notes: [...new Set(notes)],
      findings: checks.filter((each) => !isTold(each)),
    })
    const wanted = remarks.filter(
      ({ severity, code, message, subject, file }) =>
        (isFirst || severity === 'error') && !told.has([code, subject ?? '', file, message].join('\0')),
    )
    for (const { code, subject, file, message } of wanted)
      told.add([code, subject ?? '', file, message].join('\0'))
    return wanted
  }
}

/** Checks that the fork's own patches change are judged when they are carried, and not before. */
async function checksAhead(
  store: CatalogueStore,
  {
    fork,
    own,
    arrived,
    architectures,
    releases,
  }: Pick<AheadQuestion, 'fork' | 'architectures'> & {
    readonly own: readonly Cluster[]
    readonly arrived: Oid
    readonly releases: ReleasesAhead
  },
): Promise<readonly Finding[]> {
  if (own.length === 0) return []
  const found = await preflightAhead(store, {
    releases,
    release: arrived,
    clusters: own,
    architectures: architectures.architectures,
  })
  const isPatched = (path: string): boolean => fork.headTree.get(path)?.oid !== fork.baseTree.get(path)?.oid
  return found.filter(({ checkedIn }) => checkedIn === undefined || !isPatched(checkedIn))
}

async function catalogueAt(store: CatalogueStore, commit: Oid): Promise<Catalogue> {
  return loadCatalogue(store, await treeOfCommit(store.objects, commit))
}

/** What the step's own edits settle stops nobody, and is good to know. */
export function withoutSettled(
  lint: readonly LintFinding[],
  clusters: readonly Cluster[],
): readonly LintFinding[] {
  return lint.map((each) => {
    // What stands in playbooks is no setting, and what the step mends there is no error.
    const isOpen =
      each.severity !== 'error' ||
      each.code.startsWith('playbook-') ||
      clusters.some(({ settings }) => staysForPerson(each, settings))
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
