import { optional } from '../../model/defined.ts'
import type { Architecture } from '../../model/architecture.ts'
import { enumerated } from '../../text/enumerated.ts'
import { wordsIn } from '../words-in.ts'
import type { Audited } from '../audited.ts'
import { type Finding } from '../finding.ts'
import { readRolePath } from '../read-role-path.ts'
import { splitSpans, TEMPLATE } from '../../text/split-spans.ts'

/** Architectures written out in names of files, addresses and packages, in the tasks, templates and variables of roles that are enabled. */
export function auditWrittenOut(source: Audited, roles: ReadonlySet<string>): readonly Finding[] {
  const downloads = new Set(source.files.layout.sharedVariables)
  return [...source.tree.keys()].flatMap((path) => {
    const place = readRolePath(path)
    // The downloads themselves are judged by what they come out as.
    if (!place || !roles.has(place.role) || place.part === 'meta' || downloads.has(path)) return []
    const text = source.text(path)
    if (text === undefined) return []
    return literalsIn(path, text).flatMap((literal) => findingOf(path, literal, source.architectures))
  })
}

/** A line that writes out an architecture where every node comes by. */
interface Literal {
  /** Counted from 1. */
  readonly line: number
  readonly text: string
  readonly word: string
  readonly architecture: Architecture
}

/**
 * The literals of one file. Comments, keys, lists of words, template expressions and everything that stands under a
 * condition on the architecture are no literals: they decide, and do not assume.
 */
export function literalsIn(path: string, text: string): readonly Literal[] {
  const lines = text.split('\n')
  const guarded = path.endsWith('.j2') ? guardedInTemplate(lines) : guardedInTasks(lines)
  return lines.flatMap((line, index) => {
    if (guarded(index)) return []
    const bare = splitSpans(line, [...TEMPLATE, { open: '{#', close: '#}' }])
      .filter((_, at) => at % 2 === 0)
      .join('')
      .replace(path.endsWith('.j2') ? /^\s*#.*$/s : /(?:^|\s)#.*$/s, '')
    const [found] = wordsIn(bare)
    if (!found || !isName(bare, found.word)) return []
    return [{ line: index + 1, text: line.trim(), ...found }]
  })
}

/** Part of a longer name (`linux-amd64`, `/amd64/`, `_amd64.deb`) or of a package source (`arch=amd64`), not a word for itself. */
function isName(text: string, word: string): boolean {
  const joined = new RegExp(`[-_./=]${word}|${word}[-_./][\\w./{-]`)
  return joined.test(text) && !/kubernetes\.io\/arch/.test(text)
}

const DECIDES = /architecture|image_arch|host_arch|ansible_machine|\barch\b/

/** Blocks and loops over architectures, opened and closed by statements of their own. */
function guardedInTemplate(lines: readonly string[]): (index: number) => boolean {
  const open: boolean[] = []
  const inside = lines.map((line) => {
    const before = open.includes(true)
    for (const span of splitSpans(line, [{ open: '{%', close: '%}' }])) {
      const statement = span.startsWith('{%') ? span.slice(2).replace(/^-?\s*/, '') : ''
      if (/^(?:if|for)\b/.test(statement)) open.push(DECIDES.test(statement))
      else if (/^(?:endif|endfor)\b/.test(statement)) open.pop()
    }
    return before || open.includes(true)
  })
  return (index) => inside[index] ?? false
}

/** Whole tasks with a condition on the architecture, and values below a key that is an architecture. */
function guardedInTasks(lines: readonly string[]): (index: number) => boolean {
  const guarded = belowArchitectures(lines)
  const starts = lines.flatMap((line, index) => (line.startsWith('- ') ? [index] : []))
  starts.forEach((start, at) => {
    const end = starts[at + 1] ?? lines.length
    if (hasCondition(lines, start, end)) guarded.fill(true, start, end)
  })
  return (index) => guarded[index] ?? false
}

/** Whether a task has a condition that speaks of architectures, on the line of its `when` or on the deeper ones below. */
function hasCondition(lines: readonly string[], start: number, end: number): boolean {
  let indent: number | undefined
  for (let at = start; at < end; at++) {
    const line = lines[at] ?? ''
    const own = line.search(/\S/)
    if (indent !== undefined && own >= 0 && own <= indent) indent = undefined
    if (indent === undefined && /^\s*(?:- )?when:/.test(line)) indent = own
    if (indent !== undefined && DECIDES.test(line)) return true
  }
  return false
}

/** For each line whether it stands below a key that is an architecture, or beside it. */
function belowArchitectures(lines: readonly string[]): boolean[] {
  const parents: { readonly indent: number; readonly isBelow: boolean }[] = []
  return lines.map((line) => {
    const indent = line.search(/\S/)
    if (indent >= 0) {
      while ((parents.at(-1)?.indent ?? -1) >= indent) parents.pop()
      const key = /^\s*["']?([\w-]+)["']?:/.exec(line)?.[1]
      const isOne = key !== undefined && wordsIn(key).some(({ word }) => word === key)
      parents.push({ indent, isBelow: isOne || (parents.at(-1)?.isBelow ?? false) })
    }
    return parents.at(-1)?.isBelow ?? false
  })
}

function findingOf(
  path: string,
  { line, text, word, architecture }: Literal,
  architectures: readonly Architecture[],
): readonly Finding[] {
  const others = architectures.filter((each) => each !== architecture)
  if (others.length === 0) return []
  const role = readRolePath(path)?.role ?? ''
  return [
    {
      code: 'architecture-in-file',
      severity: 'warning',
      file: path,
      line,
      subject: role,
      architectures: others,
      message: `The role \`${role}\` has ${word} written out, which is wrong on nodes of ${enumerated(others)} wherever this applies: \`${text.slice(0, 160)}\`.`,
      ...optional(isMendable(path, text), () => ({ fix: 'architecture-in-urls' as const })),
    },
  ]
}

/** The name a download is unpacked by, which changes together with its address, and the architecture of a source of packages. */
function isMendable(path: string, text: string): boolean {
  return (
    (/\/tasks\//.test(path) && /amd64/.test(text.split('local_release_dir').slice(1).join())) ||
    /\barch=amd64\b/.test(text)
  )
}
