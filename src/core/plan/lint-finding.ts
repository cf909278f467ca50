import type { ReleaseTag } from '../model/release-tag.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'

export type LintCode =
  | 'variable-stops-play'
  | 'variable-gone'
  | 'variable-renamed'
  | 'variable-without-default'
  | 'component-down'
  | 'group-renamed'
  | 'path-renamed'
  | 'default-changed'
  | 'sample-changed'
  | 'default-kept'
  | 'default-refused'
  | 'value-shape'
  | 'variable-folded'
  | 'reader-gone'
  | 'ansible-pinned'
  | 'fix-waiting'
  | 'playbook-role'
  | 'playbook-file'
  | 'playbook-group'
  | 'playbook-variable'
  | 'playbook-copy'

/** Something about a step that a person should know before it is made. */
export interface LintFinding {
  readonly code: LintCode
  readonly severity: 'error' | 'warning' | 'notice'
  /** One whole sentence. */
  readonly message: string
  readonly file?: string
  readonly line?: number
  /** The variable, group or component it is about, and what to use instead. */
  readonly key: string
  readonly meant?: string
  /** The inventory it is about, where it is about something that is written nowhere yet. */
  readonly inventory?: string
  /** What the step changes by itself because of it. */
  readonly edit?: MechanicalEdit
}

/** Changes of variables that belong together and become one commit. */
export interface MechanicalEdit {
  readonly changes: readonly EditedVariable[]
  /** What they come to, where it is more than one. */
  readonly title?: string
}

export type EditedVariable =
  | { readonly kind: 'set'; readonly name: string; readonly value: string | number | boolean | readonly [] }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }
  | { readonly kind: 'remove'; readonly name: string }

/** A variable that an inventory sets. */
export interface Setting {
  readonly name: string
  readonly file: string
  readonly line: number
  /** As one line, as a catalogue has it (`valueText`). */
  readonly value: string
}

export interface LintRequest {
  readonly from: { readonly tag: ReleaseTag; readonly catalogue: Catalogue }
  readonly to: { readonly tag: ReleaseTag; readonly catalogue: Catalogue }
  readonly settings: readonly Setting[]
  /** Groups that the inventory names, where they are known. */
  readonly groups?: readonly UsedGroup[]
  /** Names that tasks, templates and playbooks of each release mention, among those of the settings. */
  readonly mentioned?: { readonly from: ReadonlySet<string>; readonly to: ReadonlySet<string> }
}

/** A group that an inventory names, with its place. */
export interface UsedGroup {
  readonly name: string
  readonly file: string
  readonly line: number
}
