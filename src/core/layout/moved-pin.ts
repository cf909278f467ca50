import type { Pin } from './layout.ts'

/** A place that names the release, moved. */
export interface MovedPin {
  readonly file: string
  /** From 1; absent for a submodule's entry in the tree, which is no line. */
  readonly line?: number
  /** Empty where it named none. */
  readonly from: string
  /** As it is put in, with what has to stand before it there. */
  readonly to: string
}

/** A place that names the release still as before, for a person to change. */
export interface LeftPin extends MovedPin {
  readonly line: number
  readonly why: NonNullable<Pin['only']> | 'digest' | 'workflow' | 'folder-name' | 'branch' | 'mention'
}
