import { indentOf } from '../text/indent-of.ts'
import type { ReleaseTag } from '../model/release-tag.ts'
import { splitSpans, TEMPLATE } from '../text/split-spans.ts'
import type { PlaybookFinding } from './playbook-finding.ts'

interface Gone {
  /** Variables that had a default at the base, and that nothing of the target knows. */
  readonly gone: ReadonlySet<string>
  /** Those of them that an own file gives a value. */
  readonly defined: ReadonlySet<string>
  readonly release: ReleaseTag
}

/** Where a variable is read that is gone; not where one of the own files gives it a value itself. */
export function goneVariables(
  { file, text }: { readonly file: string; readonly text: string },
  { gone, release, defined }: Gone,
): readonly PlaybookFinding[] {
  if (![...gone].some((name) => text.includes(name))) return []
  const told = new Set<string>(defined)
  return expressionsOfLines(text.split('\n')).flatMap((expressions, index): readonly PlaybookFinding[] =>
    expressions
      .flatMap((each) => each.match(/[A-Za-z_]\w*/g) ?? [])
      .filter((name) => gone.has(name) && !told.has(name) && told.add(name))
      .map((name) => ({
        file,
        line: index + 1,
        severity: 'warning',
        facts: { code: 'playbook-variable', name, release },
      })),
  )
}

/** What Jinja reads on each line: between its marks, and behind `when:` and its like, over however many lines that goes. */
function expressionsOfLines(lines: readonly string[]): readonly (readonly string[])[] {
  let open = Infinity
  return lines.map((whole) => {
    const line = whole.replace(/(?:^|\s)#[^]*$/, '')
    if (line.trim() === '') return []
    const isItem = /^\s*-\s/.test(line)
    const goesOn = indentOf(line) > open || (indentOf(line) === open && isItem)
    const [, before = '', value] = CONDITION.exec(line) ?? []
    if (value !== undefined) open = before.length
    else if (!goesOn) open = Infinity
    const bare = value ?? (goesOn ? line.replace(/^\s*-\s/, '') : '')
    const marked = splitSpans(line, TEMPLATE).filter((_, at) => at % 2 === 1)
    return [...marked, unquoted(bare)].map((each) => each.replace(/(['"]).*?\1/g, ''))
  })
}

/** Keys whose value is an expression without marks. */
const CONDITION = /^([\s-]*)(?:when|until|failed_when|changed_when|that|var):(.*)$/

/** A value that is in quotes as a whole. */
function unquoted(value: string): string {
  return value.trim().replace(/^(["'])(.*)\1$/, '$2')
}

/** Of the variables that are wanted, those that something in these texts sets: a key, a task's result, a loop, a fact. */
export function definedIn(texts: Iterable<string>, wanted: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>()
  for (const text of texts) {
    if (![...wanted].some((name) => text.includes(name))) continue
    for (const [, name = ''] of [...text.matchAll(KEY), ...text.matchAll(RESULT), ...factsIn(text)])
      if (wanted.has(name)) found.add(name)
  }
  return found
}

const KEY = /^[ \t-]*["']?(\w+)["']?[ \t]*[:=]/gm
const RESULT = /^[ \t-]*(?:register|loop_var|index_var):[ \t]*["']?(\w+)/gm

/** `set_fact: a=b c=d`. */
function factsIn(text: string): readonly RegExpExecArray[] {
  return [...text.matchAll(/\bset_fact:(.*)$/gm)].flatMap(([, facts = '']) => [
    ...facts.matchAll(/(?<!\S)(\w+)=/g),
  ])
}
