import type { AddonAdvice } from '../advice/addon-advice.ts'
import type { Finding } from '../audit/finding.ts'
import type { PublishedNotes } from '../advice/published-notes.ts'
import type { ReleaseNote } from '../advice/release-note.ts'
import type { ChangedVariable } from '../inventory/change.ts'
import type { RunFacts } from '../inventory/as-run/run-facts.ts'
import type { HowApplied } from '../automation/how-applied.ts'
import type { ForkWait } from '../layout/layout.ts'
import type { Layout } from '../layout/layout.ts'
import type { LeftPin, MovedPin } from '../layout/moved-pin.ts'
import type { Architecture } from '../model/architecture.ts'
import type { Oid } from '../model/oid.ts'
import type { Place, Problem } from '../model/problem.ts'
import type { ReleaseTag } from '../model/release-tag.ts'
import type { LintFinding } from '../plan/lint-finding.ts'
import type { Step, Stop } from '../plan/step.ts'
import type { SeriesAccount } from '../series/account/account.ts'
import type { CarriedSeries } from '../series/carried-series.ts'
import type { PatchFileOutcome } from '../patchfile/patch-file-outcome.ts'
import type { PatchDiff } from '../series/patch-diff.ts'
import type { Base, Series } from '../series/series.ts'
import type { RepositoryAddress } from './linked-reference.ts'
import type { PathOf } from './blocks/from-top.ts'
import type { Surface } from './surface.ts'

/** Everything that one step came to; whatever is absent is not spoken of. */
export interface PullRequestFacts {
  readonly kind: Step['kind']
  /** Where it is read: under a pull request commands are answered, in a terminal they are not. */
  readonly surface: Surface
  /** The fork's branch the step is built on. */
  readonly branch: string
  /** Whose step it is, of several clusters in the repository. */
  readonly cluster?: string
  /** The branch of the release's own that the step goes to, where the fork has one for each. */
  readonly landing?: LandingFacts
  /** The release that the step goes to, or stays on. */
  readonly release: ReleaseTag
  /** What stands before its title. */
  readonly prefix?: string
  /** Why the step is as it is, and which Kubernetes it brings. */
  readonly step?: Step
  readonly route?: RouteFacts
  /** The architectures of the cluster, where nothing but the fork's patches tells them. */
  readonly toldByPatches?: readonly Architecture[]
  /** What speaks against taking this step now. */
  readonly against?: readonly Problem[]
  /** How the release is put into the repository, where Kubespray does not stand at its top. */
  readonly place?: PlaceFacts
  /** Patches; absent for a step that carries none because it stays on its release. */
  readonly carry?: CarryFacts
  /** Where every line of the patches has come to. */
  readonly account?: SeriesAccount
  readonly kubernetes?: KubernetesFacts
  readonly inventories?: readonly InventoryFacts[]
  /** Workflow files that stay as the fork has them, since we may not write them. */
  readonly workflows?: readonly string[]
  /** Commits that people put on the branch, and whether the fork's branch has moved on since it was made. */
  readonly persons?: PersonsFacts
  /** What the step changes for variables that are set. */
  readonly lint?: readonly LintFinding[]
  readonly notes?: readonly ReleaseNote[]
  /** What upstream itself published; absent where nobody could be asked for it. */
  readonly published?: PublishedNotes
  /** What would not run on every architecture of the result. */
  readonly findings?: readonly Finding[]
  /** Patches that we made ourselves. */
  readonly fixes?: readonly FixFacts[]
  /** The branch written; absent in a dry run. */
  readonly written?: { readonly name: string }
  /** Where the repository is read, for links into it; absent on a clone, whose commits nobody else has yet. */
  readonly at?: WhereaboutsFacts
}

export interface LandingFacts {
  readonly name: string
  /** Whether the branch that the patches are on is the default one. */
  readonly isDefault: boolean
  /** Where the repository names that one. */
  readonly mentions: readonly Place[]
}

/** A repository on a forge, at the two states that a proposal speaks of. */
export interface WhereaboutsFacts {
  readonly repository: RepositoryAddress
  /** The tip of the step's branch. */
  readonly head: Oid
  /** The tip of the branch that it goes to, as the step was built on it. */
  readonly before: Oid
}

export interface PlaceFacts {
  readonly layout: Layout
  /** How people run it from the repository. */
  readonly applied: HowApplied
  /** How people find a file that is seen, where that is not its path in the repository. */
  readonly pathOf?: PathOf
  /** Absent for a step that stays on its release. */
  readonly move?: {
    readonly pins: readonly MovedPin[]
    readonly left: readonly LeftPin[]
    /** The folder's new name, where the release stands in it. */
    readonly renamed?: { readonly from: string; readonly to: string }
    /** The pull request in the fork that it waits for. */
    readonly waits?: ForkWait
    /** Where patches are files of the repository: what became of each. */
    readonly patchFiles?: readonly PatchFileOutcome[]
  }
}

export interface PersonsFacts {
  readonly commits: number
  /** Commits of the fork's branch that this one does not have yet. */
  readonly behind: boolean
}

/** The whole way, and which of its steps this is (counted from 0). */
export interface RouteFacts {
  readonly steps: readonly Step[]
  readonly at: number
  readonly stopped?: Stop
}

export interface CarryFacts {
  /** The default branch, where another was found instead. */
  readonly insteadOf?: InsteadOf
  readonly base: Base
  readonly series: Series
  readonly carried: CarriedSeries
  /** By patch id. */
  readonly diffs: ReadonlyMap<string, readonly PatchDiff[]>
  /** Titles of upstream commits that are evidence. */
  readonly upstream: ReadonlyMap<Oid, string>
  /** The commit of each patch by its id. */
  readonly commits?: ReadonlyMap<string, Oid>
}

export interface KubernetesFacts {
  readonly from: string | undefined
  readonly to: string
  /** Those of the cluster; what each of them gets follows from what was found. */
  readonly architectures: readonly Architecture[]
  /** Where commands go on handing in the Kubernetes of before. */
  readonly held?: readonly Place[]
  /** Where files of the repository's own go on naming it. */
  readonly named?: readonly Place[]
  /** Where the architectures come from. */
  readonly told?: 'request' | 'config' | 'inventory' | 'patches' | 'assumed'
}

/** What the step does to one inventory, and what it says about its add-ons. */
export interface InventoryFacts {
  readonly path: string
  readonly changed: readonly ChangedVariable[]
  readonly problems: readonly Problem[]
  readonly addons: readonly AddonAdvice[]
  /** How a command hands it to Ansible; absent where nobody looked. */
  readonly run?: RunFacts
}

interface FixFacts {
  readonly title: string
  /** Absent in a dry run. */
  readonly commit?: Oid
  readonly files: readonly string[]
  /** What a person has to add or know. */
  readonly notes: readonly string[]
}

/** The default branch, and why another was taken. */
export interface InsteadOf {
  readonly branch: string
  readonly why: 'no-own-commits' | 'step-branch' | 'detached'
}
