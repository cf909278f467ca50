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
}

/** A variable that an inventory sets. */
export interface Setting {
  readonly name: string
  readonly file: string
  readonly line: number
  /** As text, as it stands in the file. */
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
