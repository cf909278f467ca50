import { defined } from '../model/defined.ts'
import { winning, type Definitions } from '../catalogue/definitions.ts'
import type { InventorySettings } from '../inventory/read-settings.ts'
import type { Architecture } from '../model/architecture.ts'
import type { PlainValue } from '../yaml/values/plain-value.ts'
import { audited, type Audited, type ClusterToAudit, type TreeToAudit } from './audited.ts'
import { downloadsOf, stateOn, type Trouble } from './download-state.ts'
import type { Cause, FindingCode, Found } from './finding.ts'

interface CauseQuestion {
  readonly source: Audited
  readonly cluster: ClusterToAudit
  readonly tree: TreeToAudit
  /** The release that the fork's patches are on. */
  readonly release: TreeToAudit
}

/**
 * Says of each download that would fail whose doing that is. Nothing is guessed: the same question is asked of the release with
 * these settings and without, and of the fork without them.
 */
export function withCauses(findings: readonly Found[], question: CauseQuestion): readonly Found[] {
  const asked = new Asked(question)
  return findings.map((finding) => {
    const kind = KINDS[finding.code]
    if (kind === undefined || finding.severity === 'notice') return finding
    const causes = finding.architectures.map((architecture) =>
      asked.causeOf({ component: finding.subject, kind, architecture }),
    )
    const [first] = causes
    const isOne = causes.every((each) => JSON.stringify(each) === JSON.stringify(first))
    return first && isOne ? { ...finding, cause: first } : finding
  })
}

type TroubleKind = Trouble['kind'] | 'missing or zero'

const KINDS: Readonly<Partial<Record<FindingCode, TroubleKind>>> = {
  'missing-checksum': 'missing or zero',
  'missing-version': 'missing',
  'undefined-variable': 'missing',
  'single-checksum': 'single',
  'shared-checksum': 'shared',
  'architecture-in-url': 'written',
  'architecture-in-image': 'written',
}

interface Question {
  readonly component: string
  readonly kind: TroubleKind
  readonly architecture: Architecture
}

/** Answers in which trees and settings a download has a trouble; each combination is opened once. */
class Asked {
  readonly #question: CauseQuestion
  readonly #open = new Map<string, Audited>()

  constructor(question: CauseQuestion) {
    this.#question = question
  }

  causeOf(question: Question): Cause | undefined {
    const { source, cluster, tree, release } = this.#question
    const { settings } = cluster
    const releaseWith = this.#opened('release with', release, settings)
    if (hasTrouble(this.#opened('release alone', release, undefined), question)) return { kind: 'release' }
    if (settings && hasTrouble(releaseWith, question)) return this.#settingOf(question, settings, releaseWith)
    if (!settings || hasTrouble(this.#opened('fork alone', tree, undefined), question))
      return { kind: 'patch' }
    return hasTrouble(source, question) ? { kind: 'patch-and-setting' } : undefined
  }

  /** The one setting without which the release has no such trouble; `undefined` where no single one is it. */
  #settingOf(question: Question, settings: InventorySettings, source: Audited): Cause | undefined {
    const names = reachedFrom(question.component, source).filter((name) => settings.named.has(name))
    for (const name of names) {
      const others = without(settings, name)
      const open = this.#opened(`release without ${name}`, this.#question.release, others)
      const at = settings.named.get(name)?.at(-1)?.at
      if (at && !hasTrouble(open, question)) return { kind: 'setting', name, file: at.file, line: at.line }
    }
    return undefined
  }

  #opened(name: string, tree: TreeToAudit, settings: InventorySettings | undefined): Audited {
    const known = this.#open.get(name)
    if (known) return known
    const { architectures } = this.#question.cluster
    const open = audited(tree, { architectures, ...defined({ settings }) })
    this.#open.set(name, open)
    return open
  }
}

function hasTrouble(source: Audited, { component, kind, architecture }: Question): boolean {
  const download = downloadsOf(source).find(({ name }) => name === component)
  if (!download) return false
  return stateOn(download, source, architecture).troubles.some(
    (trouble) =>
      trouble.kind === kind || (kind === 'missing or zero' && /^(?:missing|zero)$/.test(trouble.kind)),
  )
}

function without(settings: InventorySettings, name: string): InventorySettings {
  return {
    ...settings,
    settings: settings.settings.filter((each) => each.name !== name),
    named: new Map([...settings.named].filter(([each]) => each !== name)),
  }
}

/** The variables that an entry leads to through others, nearest first. */
function reachedFrom(component: string, { definitions }: Audited): readonly string[] {
  const raw = winning(definitions, 'downloads')?.value
  const entry = raw instanceof Map ? (raw.get(component) as PlainValue) : undefined
  const reached = new Set(namesIn(entry, definitions))
  // A set is walked in the order of insertion, what is added on the way included.
  for (const name of reached)
    for (const each of definitions.get(name) ?? [])
      if (typeof each.value === 'string')
        for (const next of namesIn(each.value, definitions)) reached.add(next)
  return [...reached]
}

function namesIn(value: PlainValue, definitions: Definitions): readonly string[] {
  if (typeof value === 'string')
    return [...value.matchAll(/[A-Za-z_]\w*/g)].map(([name]) => name).filter((name) => definitions.has(name))
  if (value instanceof Map)
    return [...value.values()].flatMap((each) => namesIn(each as PlainValue, definitions))
  return Array.isArray(value)
    ? (value as readonly PlainValue[]).flatMap((each) => namesIn(each, definitions))
    : []
}
