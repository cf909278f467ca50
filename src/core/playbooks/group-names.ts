import type { Edit } from '../text/edit.ts'

/** A group's name where a playbook writes it. */
interface GroupName {
  readonly name: string
  /** Counted from 1. */
  readonly line: number
  readonly from: number
  readonly to: number
}

/**
 * Where a file names groups: in patterns of hosts (`hosts: kube-master[0]:!etcd`) and in expressions (`groups['kube-master']`,
 * `'kube-master' in group_names`). A name in any other place may mean anything.
 */
export function groupNames(text: string, wanted: ReadonlySet<string>): readonly GroupName[] {
  const found: GroupName[] = []
  let at = 0
  // A list of patterns stands below its key.
  let isInList = false
  for (const [index, line] of text.split('\n').entries()) {
    const plain = line.slice(0, commentAt(line))
    isInList = isInList ? isItem(plain) : /^[\s-]*hosts:\s*$/.test(plain)
    const spans = isInList && isItem(plain) ? [{ from: 0, length: plain.length }] : spansOf(plain)
    for (const { from, length } of spans)
      for (const match of line.slice(from, from + length).matchAll(NAME)) {
        const start = from + match.index
        if (wanted.has(match[0]))
          found.push({ name: match[0], line: index + 1, from: at + start, to: at + start + match[0].length })
      }
    at += line.length + 1
  }
  return found
}

/** Gives groups another name wherever the file writes them. */
export function renameGroups(
  names: readonly GroupName[],
  renamed: ReadonlyMap<string, string>,
): readonly Edit[] {
  return names.flatMap(({ name, from, to }) => {
    const now = renamed.get(name)
    return now === undefined ? [] : [{ from, to, text: now }]
  })
}

/** An item that is a pattern, and no mapping. */
function isItem(line: string): boolean {
  return /^\s*-\s/.test(line) && !/:(?:\s|$)/.test(line)
}

/** Groups are named with more than letters. */
const NAME = /[A-Za-z_][\w-]*/g

/** The parts of a line in which a name is that of a group. */
const PLACES: readonly RegExp[] = [
  /^[\s-]*hosts:(?<names>.*)$/d,
  /\bgroups\[(?<names>\s*['"][\w-]+['"]\s*)\]/dg,
  /\bgroups\.get\((?<names>\s*['"][\w-]+['"])/dg,
  /(?<names>['"][\w-]+['"])\s+(?:not\s+)?in\s+group_names\b/dg,
]

function spansOf(line: string): readonly { readonly from: number; readonly length: number }[] {
  return PLACES.flatMap((pattern) =>
    (pattern.global ? [...line.matchAll(pattern)] : [pattern.exec(line)]).flatMap((match) => {
      const [from, to] = match?.indices?.groups?.['names'] ?? []
      return from === undefined || to === undefined ? [] : [{ from, length: to - from }]
    }),
  )
}

function commentAt(line: string): number | undefined {
  const at = /(?:^|\s)#/.exec(line)?.index
  return at
}
