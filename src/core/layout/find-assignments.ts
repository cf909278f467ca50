import type { TextRange } from './layout.ts'

/** A variable's value, where it is written; the range is the value without quotes. */
export interface Assignment extends TextRange {
  readonly name: string
  readonly value: string
}

/**
 * Every place of a text that gives a variable a value, in whatever language: `X=v`, `X := v`, `X ?= v`, `ARG X=v`, `export X="v"`, `X: v`,
 * `${X:-v}`, `--build-arg X=v`, `{{ x | default('v') }}`. More than there are is no harm: a name is only looked up where something that
 * reaches Kubespray uses it.
 */
export function findAssignments(text: string): readonly Assignment[] {
  const found = new Map<number, Assignment>()
  const add = (name: string, start: number, value: string): void => {
    const assignment = { name, start, end: start + value.length, value }
    if (value !== '' && !found.has(start)) found.set(start, assignment)
  }
  byLine(text, add)
  byForm(text, add)
  return [...found.values()].sort((a, b) => a.start - b.start)
}

type Add = (name: string, start: number, value: string) => void

/** A word before a name that makes it a variable's. */
const WORDS =
  '(?:(?:export|readonly|local|declare|typeset|override|ARG|ENV|let|const|var|final|def|private|public|static|set)\\s+(?:-\\w+\\s+)*){0,3}'

const LINE = new RegExp(
  String.raw`^([\s@]*(?:#+\s*|\/\/\s*)?(?:-\s+)?["']?${WORDS}\$?)([A-Za-z_][\w.-]*)(["']?(?:\s+string)?\s*(?:::?:?=|\?=|\+=|=|:)\s*)(?!\s)(.*)$`,
)

function byLine(text: string, add: Add): void {
  let at = 0
  const open: { name: string; indent: number }[] = []
  for (const whole of text.split('\n')) {
    const line = whole.endsWith('\r') ? whole.slice(0, -1) : whole
    const pair = LINE.exec(line)
    const heading = /^\s*variable\s+"(\w+)"/.exec(line)?.[1]
    const indent = /^\s*(?:-\s+)?/.exec(line)?.[0].length ?? 0
    if (line.trim() !== '') while ((open.at(-1)?.indent ?? -1) >= indent) open.pop()
    if (heading !== undefined) open.push({ name: heading, indent })
    if (pair) {
      const [, before = '', name = '', between = '', raw = ''] = pair
      const value = valueOf(raw)
      const start = at + before.length + name.length + between.length + (value.isQuoted ? 1 : 0)
      // `name: X` and below it `value: v`; `X:` and below it `default: v`.
      const above = open.at(-1)
      if (/^(?:value|default|defaultValue)$/.test(name) && above) add(above.name, start, value.text)
      else add(name, start, value.text)
      if (name === 'name' && /^\w+$/.test(value.text)) open.push({ name: value.text, indent: indent - 1 })
      else if (value.text === '') open.push({ name, indent })
    }
    at += whole.length + 1
  }
}

function valueOf(raw: string): { readonly text: string; readonly isQuoted: boolean } {
  const quoted = /^(["'])((?:(?!\1).)*)\1/.exec(raw)
  if (quoted) return { text: quoted[2] ?? '', isQuoted: true }
  const templated = /^(?:\$\{\{[^}]*\}\}|\{\{[^}]*\}\}|\$\{[^}]*\})/.exec(raw)?.[0]
  return { text: templated ?? /^[^\s,;"'#]*/.exec(raw)?.[0] ?? '', isQuoted: false }
}

/** Forms that may stand anywhere in a line, the range of the value in the second group. */
const FORMS: readonly RegExp[] = [
  // ENV X v
  /^[ \t]*ENV[ \t]+(\w+)[ \t]+([\w./+-]+)[ \t]*\r?$/dgm,
  // --build-arg X=v, -e X=v, ENV A=1 B=v, X=v command
  /(?<![\w$.{-])([A-Za-z_]\w*)=["']?([\w./+-]+)/dg,
  /\$\{([A-Za-z_]\w*):?[-=]([\w./+-]+)\}/dg,
  /\{\{-?\s*(?:\w+\.)*([A-Za-z_]\w*)\s*\|\s*default\(\s*["']([\w./+-]+)["']/dg,
  // os.getenv("X", "v"), ENV.fetch('X', 'v'), ENV['X'] || 'v'
  /["']([A-Za-z_]\w*)["']\]?\s*(?:,|\|\|)\s*["']([\w./+-]+)["']/dg,
  // string(name: 'X', defaultValue: 'v')
  /\bname:\s*["'](\w+)["'],\s*(?:defaultValue|value|default):\s*["']([\w./+-]+)["']/dg,
  // { x: v }
  /[{,]\s*["']?([A-Za-z_][\w-]*)["']?\s*:\s*["']?([\w./+-]+)["']?\s*(?=[,}])/dg,
]

function byForm(text: string, add: Add): void {
  for (const form of FORMS)
    for (const match of text.matchAll(form)) {
      const [start, end] = match.indices?.[2] ?? [0, 0]
      add(match[1] ?? '', start, text.slice(start, end))
    }
}
