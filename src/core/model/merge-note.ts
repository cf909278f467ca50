/** What a merge decided, or could not, that a person has to know: a code with its facts, which `core/explain` words. */
export type MergeNote = TwiceNote | CollisionNote | FormNote | OrderNote

/** What stands more often in the result than in any side: keys of one map, or lines. */
export interface TwiceNote {
  readonly code: 'key-twice' | 'line-twice'
  /** Keys with the settings they stand in (`downloads.panel`), or lines without their indentation. */
  readonly names: readonly string[]
}

/**
 * A setting that both sides put in, with two values: the user's is kept; or the release's stands, since the user's would take its
 * version down, or since it is the reviewed form of this very patch.
 */
export interface CollisionNote {
  readonly code: 'value-kept' | 'value-lowered' | 'value-reviewed'
  /** With the settings it stands in. */
  readonly key: string
  /** The release's line and the patch's. */
  readonly there: string
  readonly own: string
}

/** Entries that the patch put into a map or list, brought into the form in which the release writes its own by now. */
export interface FormNote {
  readonly code: 'list-form'
  /** The map or list, with the settings it stands in; empty for the whole file. */
  readonly key: string
  /** An entry of the release's. */
  readonly like: string
}

/** Versions that the patch put into maps whose versions stand in order: they went to their place in it. */
export interface OrderNote {
  readonly code: 'version-order'
  readonly maps: readonly string[]
}
