import type { Place, Problem } from '../model/problem.ts'
import type { EditedVariable } from '../plan/lint-finding.ts'
import type { Edit } from '../text/edit.ts'
import type { Inventory } from './find-inventories.ts'
import type { FileTexts } from './file-texts.ts'
import type { InventorySettings } from './read-settings.ts'

/** A change of one variable of the cluster. */
export type VariableChange = EditedVariable

/** What a variable may be set to: one word, or nothing at all in a list. */
export type NewValue = (VariableChange & { readonly kind: 'set' })['value']

export interface ChangedVariable {
  readonly file: string
  /** In the file as it was; for a new variable the line it is put in at. */
  readonly line: number
  readonly key: string
  /** As it was written, `undefined` where it was not there; of a renamed variable the old name. */
  readonly from: string | undefined
  /** As it is written now, `undefined` where it is gone; of a renamed variable the new name. */
  readonly to: string | undefined
}

/** A variable that a command hands in, over all that an inventory says, and that is not ours to change there. */
export interface HeldVariable {
  readonly name: string
  /** What it should be: a value, another name, or nothing at all. */
  readonly wanted:
    | { readonly kind: 'value'; readonly value: string }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'gone' }
  /** `template`: it is put together when the command runs; `words`: a name on a command line is not changed by us. */
  readonly why: 'workflow' | 'template' | 'words'
  readonly at: Place
}

export interface EditedInventory {
  readonly inventory: Inventory
  readonly settings: InventorySettings
  /** The text of each of its files, by path. */
  readonly texts: ReadonlyMap<string, string>
}

/** One change's share of the result. */
export interface Change {
  readonly edits?: readonly (readonly [file: string, edits: readonly Edit[]])[]
  readonly newFile?: { readonly file: string; readonly line: string }
  readonly changed?: readonly ChangedVariable[]
  readonly problems?: readonly Problem[]
  readonly held?: readonly HeldVariable[]
}

export interface Editing extends EditedInventory {
  readonly files: FileTexts
}
