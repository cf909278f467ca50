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
  /** It says that a loop has something to go over: of what is reached through that, this is no question. */
  readonly over?: Pick<Subject, 'name' | 'ways'>
}

/** A condition that cannot be read holds for some and not for others. */
export const UNREAD: Guard = { expression: { kind: 'name', name: '(unread)' }, holds: true, ofItem: true }

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

/** Whether something is reached through what a loop goes over. */
export function isThrough({ name, ways }: Pick<Use, 'name' | 'ways'>, { over }: Guard): boolean {
  return (
    over !== undefined &&
    name === over.name &&
    ways.length > over.ways.length &&
    JSON.stringify(ways.slice(0, over.ways.length)) === JSON.stringify(over.ways)
  )
}

/** What a name or expression stands for: a variable of the inventory, or a part of it. */
export interface Subject {
  readonly name: string
  readonly ways: readonly Way[]
  /** `pairs`: what `.items()` gives · `pair`: one of them · `values`: what `.values()` gives. */
  readonly as: 'value' | 'pairs' | 'pair' | 'values'
}

export type Bound = ReadonlyMap<string, Subject | 'other'>
