/**
 * A YAML file as ranges on its own text. All offsets count UTF-16 units of `YamlSource.text`, so an edit made from them
 * applies to that text as it is, with its byte order mark and its line endings.
 */
export interface YamlSource {
  readonly text: string
  /** At least one; where the file is empty or holds comments only, one without a root. */
  readonly documents: readonly YamlDocument[]
  /** Keys that stand twice in one mapping (the last one counts, as in Ansible); whoever merges should not go on. */
  readonly duplicates: readonly YamlFault[]
  /** Where each line begins, for `positionAt`. */
  readonly lineStarts: readonly number[]
}

export interface YamlDocument extends Range {
  readonly text: string
  /** `undefined` where the document holds nothing but comments. */
  readonly root: YamlNode | undefined
}

export interface Range {
  readonly from: number
  readonly to: number
}

export type YamlNode = YamlMapping | YamlSequence | YamlScalar | YamlAlias

/**
 * What all nodes have: `from` is where the value begins, with its tag and anchor; `to` is where its last character ends,
 * before a trailing comment or line break (a block scalar ends with its last line of text, unless `+` keeps what follows).
 */
interface AnyNode extends Range {
  /** Where the content begins: behind tag and anchor. */
  readonly contentFrom: number
  /** As written: `!vault`. */
  readonly tag?: string
  /** The anchor's name, without `&`. */
  readonly anchor?: string
}

export interface YamlMapping extends AnyNode {
  readonly kind: 'mapping'
  readonly style: 'block' | 'flow'
  /** The column of the keys, counted from 0; for flow style the column of the bracket. */
  readonly indent: number
  readonly entries: readonly YamlEntry[]
}

/** A key with its value. `from` to `to` is the whole entry. */
export interface YamlEntry extends Range {
  /** The key's text, without quotes: its name in a path. */
  readonly key: string
  /** What the key means, as Python prints it: `1.10` without quotes is the float `1.1`. */
  readonly name: string
  /** Whether it is a merge key, `<<` without quotes. */
  readonly merges: boolean
  /** The key as written, with its quotes, tag and anchor. */
  readonly keyRange: Range
  /** Just behind the colon; the key's end where there is none (`{a}`). */
  readonly colonTo: number
  /** An empty value is a scalar of style `empty`. */
  readonly value: YamlNode
  /** The key's column, counted from 0. */
  readonly indent: number
  /** Where the entry begins, without the comments above it: its key, or `?`. */
  readonly start: number
}

export interface YamlSequence extends AnyNode {
  readonly kind: 'sequence'
  readonly style: 'block' | 'flow'
  /** The column of the dashes, counted from 0; for flow style the column of the bracket. */
  readonly indent: number
  readonly items: readonly YamlItem[]
}

/** An item of a list. `from` to `to` is the whole item, by the same rule as for entries. */
export interface YamlItem extends Range {
  readonly value: YamlNode
  /** The dash's column, counted from 0. */
  readonly indent: number
  /** The dash; in flow style the value itself. */
  readonly start: number
}

export interface YamlScalar extends AnyNode {
  readonly kind: 'scalar'
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded' | 'empty'
  /** What it says: unquoted, unescaped and unfolded. */
  readonly content: string
}

export interface YamlAlias extends AnyNode {
  readonly kind: 'alias'
  /** The name, without `*`. */
  readonly name: string
  /** The node it stands for. */
  readonly target: YamlNode
}

/** What is wrong with a YAML text, at an offset of it; line and column are counted from 1. */
export interface YamlFault {
  readonly code: 'yaml-syntax' | 'yaml-duplicate-key' | 'yaml-alias' | 'yaml-too-large' | 'yaml-too-deep'
  readonly message: string
  readonly offset: number
  readonly line: number
  readonly column: number
}
