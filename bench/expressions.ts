import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import ts from 'typescript'

/**
 * Every regular expression of `src` on texts made of what it looks for, and those that take more than in proportion to their length.
 * `npx tsx bench/expressions.ts [--in part/of/a/path] [--characters 8000] [--details]`. The linter judges an expression by its form
 * (`regexp/no-super-linear-*`); here each is run, so that what no rule knows is seen as well: characters and words that it names,
 * repeated alone and in pairs, behind a word of its own, before ends that it does not take. An expression that takes more than 3 ms
 * of processor time is given twice as much: in proportion would be twice the time, told is what takes more than three times.
 */
const { values } = parseArgs({
  options: {
    in: { type: 'string', default: '' },
    characters: { type: 'string', default: '8000' },
    details: { type: 'boolean', default: false },
  },
})
const CHARACTERS = Number(values.characters)
const ENDS = ['', '\n', '\u2028', 'x', '!']
const MOST_LETTERS = 10
const NOTICED = 3
const SUSPECT = 3

interface Place {
  readonly at: string
  readonly source: string
  readonly flags: string
}

const root = resolve(import.meta.dirname, '../src')
const KINDS: Readonly<Record<string, readonly string[]>> = {
  ...{ s: [' ', '\n', '\t'], d: ['0'], w: ['a', '0', '_'], S: ['a', '#'], D: ['a'], W: [' ', '-'] },
  ...{ b: ['a', ' '], n: ['\n'], r: ['\r'], t: ['\t'], p: ['é'] },
}
let [tried, texts, found] = [0, 0, 0]
const dynamic: string[] = []
for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
  if (!file.endsWith('.ts') || !file.includes(values.in)) continue
  for (const place of expressionsIn(file)) {
    tried++
    const worst = worstFor(place)
    if (worst === undefined) continue
    found++
    console.log(`${place.at}\t/${place.source}/${place.flags}\t${worst}`)
  }
}
console.log(`\n${tried} expressions, ${texts} texts, ${found} of them slower than in proportion`)
if (values.details) console.log(`made while running, not tried:\n${dynamic.join('\n')}`)

function expressionsIn(file: string): readonly Place[] {
  const places: Place[] = []
  const text = readFileSync(join(root, file), 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false)
  const visit = (node: ts.Node): void => {
    const at = `${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`
    if (ts.isRegularExpressionLiteral(node)) {
      const literal = node.getText(source)
      const end = literal.lastIndexOf('/')
      places.push({ at, source: literal.slice(1, end), flags: literal.slice(end + 1) })
    } else if (ts.isNewExpression(node) && node.expression.getText(source) === 'RegExp')
      dynamic.push(`${at}\t${node.getText(source)}`)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return places
}

/** The text that it is slowest on, if that is more than in proportion. */
function worstFor({ source, flags }: Place): string | undefined {
  const pattern = new RegExp(source, flags)
  const [letters, words] = namedIn(source)
  const units = [...letters, ...words, ...letters.flatMap((a) => letters.map((b) => a + b))]
  for (const unit of units) {
    const heads = unit.length > 2 || letters.includes(unit) ? ['', ...letters, ...words] : ['']
    for (const head of heads)
      for (const end of ENDS) {
        const textOf = (length: number): string => head + unit.repeat(Math.ceil(length / unit.length)) + end
        texts++
        const once = spent(pattern, textOf(CHARACTERS))
        if (once < NOTICED || least(pattern, textOf(CHARACTERS)) < NOTICED) continue
        // In turns, and the middle one of each: the processor's time is counted in steps that now and then leave one out.
        const turns = [1, 2, 3, 4, 5].map(() =>
          [1, 2].map((times) => spent(pattern, textOf(CHARACTERS * times))),
        )
        const [one = 0, twice = 0] = [0, 1].map((at) => middle(turns.map((turn) => turn[at] ?? 0)))
        if (twice < SUSPECT * one) continue
        return `${JSON.stringify(head)} + ${JSON.stringify(unit)}… + ${JSON.stringify(end)}: ${one.toFixed(1)} ms, twice as long ${twice.toFixed(1)} ms`
      }
  }
  return undefined
}

/** Of three times, so that what else the machine does says nothing. */
function least(pattern: RegExp, text: string): number {
  return Math.min(...[1, 2, 3].map(() => spent(pattern, text)))
}

function middle(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0
}

/** Milliseconds of this process's own time. */
function spent(pattern: RegExp, text: string): number {
  // Flat, so that what is measured is not the making of the text.
  text.charCodeAt(text.length - 1)
  const before = process.cpuUsage()
  // One that is bound to a place is tried at one place; whoever goes on from there is a reader for `test/properties/bounded.test.ts`.
  if (pattern.sticky) pattern.lastIndex = 0
  text.replace(pattern, '')
  return process.cpuUsage(before).user / 1000
}

/** Single characters that an expression can meet, and the words that it names. */
function namedIn(source: string): readonly [readonly string[], readonly string[]] {
  const letters = new Set<string>()
  for (const [, kind] of source.matchAll(/\\([a-zA-Z])/g))
    for (const each of KINDS[kind ?? ''] ?? []) letters.add(each)
  if (/(?<!\\)\.|\[\^/.test(source)) letters.add('~')
  const plain = source
    .replace(/\\[pP]\{[^}]*\}|\\x..|\\u\{[^}]*\}|\\u....|\\[a-zA-Z]/g, '\0')
    .replace(/\(\?(?:<?[=!]|:|<\w+>)/g, '\0')
  for (const [, escaped, other] of plain.matchAll(/\\(.)|([^\0\\()[\]{}*+?.|^$])/g))
    letters.add(escaped ?? other ?? '')
  const words = plain.replace(/\\(.)/g, '$1').match(/[A-Za-z-]{2,}/g) ?? []
  return [[...letters].slice(0, MOST_LETTERS), [...new Set(words)].slice(0, 5)]
}
