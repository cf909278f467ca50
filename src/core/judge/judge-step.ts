import { optional } from '../model/defined.ts'
import type { AddonAdvice } from '../advice/addon-advice.ts'
import type { Cause, Finding, Severity } from '../audit/finding.ts'
import type { ReleaseNote } from '../advice/release-note.ts'
import type { Architecture } from '../model/architecture.ts'
import type { Problem } from '../model/problem.ts'
import type { LintFinding } from '../plan/lint-finding.ts'
import type { CarriedPatch } from '../series/carried-series.ts'

/** Everything that parts of the engine found about one step. */
interface StepFacts {
  /** What speaks against taking this step now. */
  readonly against?: readonly Problem[]
  readonly carry?: { readonly carried: { readonly patches: readonly CarriedPatch[] } }
  readonly findings?: readonly Finding[]
  readonly lint?: readonly LintFinding[]
  readonly notes?: readonly ReleaseNote[]
  /** What the account of the series has to say; worded already. */
  readonly accountRemarks?: readonly Remark[]
  readonly inventories?: readonly InventoryFacts[]
}

interface InventoryFacts {
  readonly problems: readonly Problem[]
  readonly addons: readonly AddonAdvice[]
  /** Absent where it is not known whether anything could be changed. */
  readonly changed?: readonly unknown[]
}

/** Something that a person should know of a step, whichever part of the engine found it. */
export interface Remark {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly file?: string
  readonly line?: number
  /** What it is about, a component or a variable for example. */
  readonly subject?: string
  /** The architectures that suffer; absent where it is not about any. */
  readonly architectures?: readonly Architecture[]
  /** That it speaks against taking the step now, and not of what the step's files would do. */
  readonly about?: 'step'
  /** Whose doing it is, where that could be found out. */
  readonly cause?: Cause
}

/** Would it run, and if not, why. */
export interface Judgement {
  /** Heaviest first. */
  readonly remarks: readonly Remark[]
  readonly errors: readonly Remark[]
  /** Patches that are open. */
  readonly open: readonly CarriedPatch[]
  /** Patches that upstream has in a form without a part of them. */
  readonly looks: readonly CarriedPatch[]
  /** Whether something is left for a person: then the pull request is a draft, its check fails and the exit code is 3. */
  readonly needsPerson: boolean
}

/**
 * The one judge of a step. Body, draft state, check, terminal, JSON and exit code are made from what it says, so none of them can
 * say what another does not.
 */
export function judgeStep(facts: StepFacts): Judgement {
  const {
    against = [],
    carry,
    accountRemarks = [],
    findings = [],
    lint = [],
    notes = [],
    inventories = [],
  } = facts
  const remarks: readonly Remark[] = [
    ...against.map((each): Remark => ({ ...ofProblem(each, 'error'), about: 'step' })),
    ...accountRemarks,
    ...lint,
    ...findings,
    ...notes.map(ofNote),
    ...inventories.flatMap(({ problems }) => problems.map((each) => ofProblem(each, 'warning'))),
    ...inventories.flatMap(({ addons }) => addons.filter(isQuestion).map(ofQuestion)),
  ]
  const sorted = remarks.toSorted((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity])
  const errors = sorted.filter(({ severity }) => severity === 'error')
  const open = carry?.carried.patches.filter(({ verdict }) => verdict === 'conflict') ?? []
  const looks =
    carry?.carried.patches.filter(({ look, verdict }) => look === true && verdict !== 'conflict') ?? []
  const needsPerson = open.length + looks.length + errors.length > 0
  return { remarks: sorted, errors, open, looks, needsPerson }
}

const WEIGHT = { error: 0, warning: 1, notice: 2 } as const

/** What one architecture of a cluster gets of a step. */
export interface Gets {
  /** What keeps its nodes from being installed at all. */
  readonly stops: readonly Remark[]
  /** What else would not run on them. */
  readonly without: readonly Remark[]
}

/** Whether an architecture gets what a step brings, out of the same errors as everything else that is said. */
export function whatGets(facts: StepFacts, architecture: Architecture): Gets {
  const { findings = [] } = facts
  // What speaks against the step speaks of the way there, and not of an architecture.
  const { errors } = judgeStep({ ...facts, against: [] })
  const audits = new Set<Remark>(findings)
  const isAudits = (remark: Remark): boolean => audits.has(remark)
  const own = errors.filter(
    (each) => !isAudits(each) || !each.architectures?.length || each.architectures.includes(architecture),
  )
  const isStop = (each: Remark): boolean => !isAudits(each) || STOPS.includes(each.code)
  return { stops: own.filter(isStop), without: own.filter((each) => !isStop(each)) }
}

/** Findings of the audit that keep a node from being installed; others keep a component from running. */
const STOPS: readonly string[] = [
  'release-check',
  'missing-checksum',
  'missing-version',
  'undefined-variable',
  'single-checksum',
  'shared-checksum',
  'architecture-in-url',
  'architecture-not-mapped',
]

/** Whether somebody has to say what becomes of an add-on. */
export function isQuestion({ policy, on }: AddonAdvice): boolean {
  return policy === 'ask' && on !== 'gone'
}

function ofProblem({ code, message, at }: Problem, severity: Severity): Remark {
  return { code, severity, message, ...optional(at, (at) => ({ file: at.file, line: at.line })) }
}

function ofNote({ release, text, severity = 'notice' }: ReleaseNote): Remark {
  return { code: 'release-note', severity, message: text, subject: release }
}

function ofQuestion({ addon, at, reasons }: AddonAdvice): Remark {
  const why = reasons[0]?.text ?? ''
  return {
    code: 'addon-question',
    severity: 'warning',
    message: `${addon.title}: ${why}`,
    subject: addon.flag,
    ...optional(at, (at) => ({ file: at.file, line: at.line })),
  }
}
