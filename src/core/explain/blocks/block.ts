import type { Text } from './text.ts'

/** What a text of ours is made of, before it is known where it will be read: each surface has its writer. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3 | 4; readonly text: Text }
  | { readonly kind: 'paragraph'; readonly text: Text }
  | { readonly kind: 'list'; readonly items: readonly Item[]; readonly isNumbered?: boolean }
  | { readonly kind: 'table'; readonly head: readonly Text[]; readonly rows: readonly (readonly Text[])[] }
  | {
      readonly kind: 'lines'
      readonly lines: readonly string[]
      readonly language: string
      /** However many they are. */
      readonly isWhole?: boolean
    }
  /** What opens on a click, where there is one. */
  | {
      readonly kind: 'fold'
      readonly summary: Text
      readonly blocks: readonly Block[]
      readonly isOpen?: boolean
      /** Of a patch, which has a place of its own in a page. */
      readonly mark?: { readonly id: string; readonly verdict: string }
    }
  /** Texts that are compared: beside each other where there is room. */
  | { readonly kind: 'sides'; readonly sides: readonly Side[] }
  /** One patch of a file in two forms. */
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'way'; readonly stops: readonly WayStop[] }

/** An entry of a list, with what stands below it. */
export interface Item {
  readonly text: Text
  readonly items?: readonly Item[]
  /** Something that a person has to do, with a box to tick where there are boxes. */
  readonly isTask?: boolean
}

interface Side {
  readonly name: string
  /** Empty where the side has nothing. */
  readonly text: string
}

interface Change {
  /** What stands before each form, and in the place of the second where nothing is left of it. */
  readonly words: readonly [before: Text, after: Text, nothing: Text]
  readonly path: string
  readonly to: string
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** Of one stop on the way: its name, its Kubernetes, and whether it is behind, here or ahead. */
export interface WayStop {
  readonly release: string
  readonly kubernetes: string
  readonly state: 'done' | 'now' | 'ahead'
}

/** A part of a document, and what stands in its place where there is no room for all of it. */
export interface Part {
  readonly full: readonly Block[]
  readonly brief?: readonly Block[]
  /** Where there is no room for that either. */
  readonly briefest?: readonly Block[]
  /** What gives way first has the least; lists, where nothing is said. */
  readonly worth?: number
  /** The number of the patch that it is all about: where nothing is left of it, its number is named at the end. */
  readonly patch?: number
}

/** What a part is worth to somebody who has to decide; the Files tab of a pull request shows what is worth least. */
export const WORTH = { clean: 0, upstream: 1, lists: 2, adapted: 3, conflict: 4, table: 5 } as const

/** Every part as it is where there is room for all of it. */
export function whole(parts: readonly Part[]): readonly Block[] {
  return parts.flatMap(({ full }) => full)
}

export function heading(level: 2 | 3 | 4, text: Text): Block {
  return { kind: 'heading', level, text }
}

export function paragraph(text: Text): Block {
  return { kind: 'paragraph', text }
}

export function list(items: readonly (Text | Item)[]): Extract<Block, { kind: 'list' }> {
  return { kind: 'list', items: items.map((item) => ('text' in item ? item : { text: item })) }
}

export function lines(shown: readonly string[], language = ''): Block {
  return { kind: 'lines', lines: shown, language }
}

export function fold(summary: Text, blocks: readonly Block[]): Block {
  return { kind: 'fold', summary, blocks }
}
