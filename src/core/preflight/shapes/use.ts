import type { Expression } from '../../catalogue/jinja/expression.ts'

/** What a reader does with a value, as far as the value's shape decides whether that can be done. */
export type Want =
  /** `.items()`, `dict2items`, `with_dict`. */
  | { readonly kind: 'mapping'; readonly how: string }
  /** `loop`, which takes nothing else. */
  | { readonly kind: 'list'; readonly how: string }
  /** A method of text, or text added to it. */
  | { readonly kind: 'text'; readonly how: string }
  | { readonly kind: 'number'; readonly how: string }
  /** `for … in`, `| length`, `in`, `| join`: text, list and mapping will do. */
  | { readonly kind: 'many'; readonly how: string }
  /** `.key`, which is undefined where the value is no mapping, or one without it. */
  | { readonly kind: 'key'; readonly key: string; readonly how: string }

/** How a part of a value is reached: each item of it (of a mapping its keys), the values of a mapping, or one key. */
export type Way = 'items' | 'flat-items' | 'values' | { readonly key: string }

/** A condition that stands over a use. */
export interface Guard {
  readonly expression: Expression
  readonly holds: boolean
  /** It looks at the item of a loop, and is another one for each. */
  readonly ofItem: boolean
}

/** One place where tasks or templates use a variable, or a part of it. */
export interface Use {
  readonly name: string
  readonly ways: readonly Way[]
  readonly want: Want
  readonly path: string
  readonly line: number
  readonly guards: readonly Guard[]
  /** Set where the failure comes before the task's own conditions are asked, as with what `loop` is given. */
  readonly first?: true
}

/** What a name or expression stands for: a variable of the inventory, or a part of it. */
export interface Subject {
  readonly name: string
  readonly ways: readonly Way[]
  /** `pairs`: what `.items()` gives · `pair`: one of them · `values`: what `.values()` gives. */
  readonly as: 'value' | 'pairs' | 'pair' | 'values'
}

export type Bound = ReadonlyMap<string, Subject | 'other'>
