import { commandAround, lineNumber, siblingsOf } from '../layout/command-around.ts'
import { assignmentsOf } from '../inventory/calls/follow-reference.ts'
import { playbookCalls } from '../inventory/calls/playbook-calls.ts'
import { lineStartsOf, positionAt } from '../yaml/tree/position-at.ts'
import { isPrinted } from './is-printed.ts'

/** Those of Kubespray's playbooks that install a cluster or move it to another version. */
export type AppliedPlaybook = 'cluster' | 'upgrade-cluster'

/**
 * The lines of a file that run one of these playbooks, counted from 1, each with what it runs. A command that only looks (`--check`,
 * `--syntax-check`, `--list-hosts`), is in a comment or is printed runs nothing. `wrappers` are playbooks of the repository's own
 * that import one of them. With `whole` a call for some hosts or tasks alone (`--limit`, `--tags`) does not count.
 */
export function callLines(
  file: string,
  text: string,
  wrappers: ReadonlyMap<string, AppliedPlaybook>,
  which: WhichCalls = 'all',
): LinesThatRun {
  const found = new Map<number, readonly AppliedPlaybook[]>()
  const starts = lineStartsOf(text)
  for (const { line, playbooks } of playbookCalls(file, text)) {
    const [playbook] = playbooks.flatMap((each) => playbookNamed(each) ?? wrapped(each, wrappers) ?? [])
    const from = starts[line - 1] ?? 0
    const command = commandAround(text, { start: from, end: from })
    const run = playbook ? [playbook] : mayBe(text, text.slice(from, command.end))
    if (run.length === 0 || isAllPrinted(text, from, starts[line])) continue
    const named = playbook && mention(text, from)
    const end = Math.max(command.end, named ? commandAround(text, { start: named, end: named }).end : 0)
    if (isLeftOut(text.slice(from, end), which)) continue
    found.set(positionAt(starts, named ?? from).line, run)
  }
  for (const match of text.matchAll(OTHER_WAYS)) {
    const { line } = positionAt(starts, match.index)
    const playbook = playbookNamed(match[1] ?? '') ?? wrapped(match[1] ?? '', wrappers)
    const whole = text.slice(starts[line - 1], starts[line])
    if (!playbook || /^\s*(?:#|\/\/)/.test(whole) || isLeftOut(whole, which)) continue
    if (!isPrinted(text, match.index)) found.set(line, [playbook])
  }
  return found
}

/** The lines of a file that run a playbook, each with the one, or with those that a variable in it may name. */
export type LinesThatRun = ReadonlyMap<number, readonly AppliedPlaybook[]>

/** `ansible-playbook $ARGS`, where lines before give the variable one playbook or another. */
function mayBe(text: string, command: string): readonly AppliedPlaybook[] {
  const names = new Set([...command.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name))
  const values = [...names]
    .flatMap((name) => assignmentsOf(text, name))
    .filter((each) => !LOOKS.test(each.text))
  const words = values.flatMap((each) => each.text.split(/\s+/))
  return [...new Set(words.flatMap((word) => playbookNamed(word) ?? []))]
}

/** Which of the two playbooks a word names, by whatever path. */
function playbookNamed(word: string): AppliedPlaybook | undefined {
  if (/(?:^|\/)upgrade[-_]cluster\.ya?ml$|\bkubespray\.upgrade_cluster$/.test(word)) return 'upgrade-cluster'
  return /(?:^|\/)cluster\.ya?ml$|\bkubespray\.cluster$/.test(word) ? 'cluster' : undefined
}

/** A playbook of the repository's own that imports one of the two. */
export interface OwnPlaybook {
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly playbook: AppliedPlaybook
  /** Whether it hands over variables, which whoever runs Kubespray's own playbook does not have. */
  readonly handsVariables: boolean
}

export function ownPlaybooks(texts: ReadonlyMap<string, string>): readonly OwnPlaybook[] {
  return [...texts].flatMap(([file, text]) => {
    if (!/\.ya?ml$/.test(file) || file.startsWith('.')) return []
    return [...text.matchAll(IMPORT)].flatMap((match): readonly OwnPlaybook[] => {
      const [whole, word = ''] = match
      const playbook = playbookNamed(word)
      if (!playbook) return []
      const start = match.index + whole.lastIndexOf(word)
      const keys = siblingsOf(text, { start, end: start + word.length })
      const handsVariables = keys.some(({ name }) => name === 'vars')
      return [{ file, line: lineNumber(text, start), playbook, handsVariables }]
    })
  })
}

const IMPORT = /^[ \t-]*(?:ansible\.builtin\.)?import_playbook:[ \t]*["']?([^\s"'#]+)/gm

/** Of each such playbook the first that it imports. */
export function wrappersIn(own: readonly OwnPlaybook[]): ReadonlyMap<string, AppliedPlaybook> {
  return new Map(own.toReversed().map(({ file, playbook }) => [file, playbook]))
}

function wrapped(word: string, wrappers: ReadonlyMap<string, AppliedPlaybook>): AppliedPlaybook | undefined {
  const plain = word.replace(/^\.\//, '')
  const named = [...wrappers].filter(([file]) => file === plain || file.endsWith(`/${plain}`))
  return named.length === 1 ? named[0]?.[1] : undefined
}

/** Where the command goes on over several lines, the one that names the playbook is what people look for. */
function mention(text: string, from: number): number | undefined {
  const near = text
    .slice(from, from + 2000)
    .split('\n', 12)
    .join('\n')
  const at = /\bupgrade[-_]cluster\b|(?<![\w-])cluster\.ya?ml\b|\bkubespray\.cluster\b/.exec(near)?.index
  return at === undefined ? undefined : from + at
}

/** An action's input, and the other programs that take a playbook. */
const OTHER_WAYS =
  /^[ \t]+playbook:[ \t]*["']?([^\s"'#]+)|\bansible-(?:navigator\s+run|runner\s+run\s[^\n]*(?:-p|--playbook))\s+([^\s"']+)/gm

const LOOKS = /\s--(?:syntax-check|check|list-(?:hosts|tasks|tags)|help|version)\b|\s-C(?=\s|$)/

/** Which of the calls count: those for the whole cluster alone, or those for a part of it as well. */
export type WhichCalls = 'all' | 'whole'

/** Some hosts or some tasks only; `--limit all` is none. */
const IS_PART = /\s(?:--limit(?:=|\s+)|-l\s+)(?!["']?all["']?(?:\s|$))|\s(?:--tags(?:=|\s)|-t\s)/

/** Whether any of these calls may be for a part of the cluster. */
export function mayBePart(text: string): boolean {
  return IS_PART.test(text)
}

function isLeftOut(command: string, which: WhichCalls): boolean {
  return LOOKS.test(command) || (which === 'whole' && IS_PART.test(command))
}

/** Whether a line only tells of such programs; one that tells of them and runs one as well runs it. */
function isAllPrinted(text: string, from: number, to = text.length): boolean {
  const named = [...text.slice(from, to).matchAll(/(?<![\w.-])ansible-/g)]
  return named.length > 0 && named.every(({ index }) => isPrinted(text, from + index))
}
