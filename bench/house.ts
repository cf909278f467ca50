// How the house is built, in figures: `npx tsx bench/house.ts [folder] [--list]`. Reads the sources with TypeScript's own parser.
import { dirname, resolve } from 'node:path'
import {
  circlesOf,
  fileGraph,
  folderGraph,
  isDoor,
  isNamedForAnExport,
  readSources,
} from '../test/support/source-graph.ts'

const root = resolve(process.argv[2] ?? 'src')
const files = readSources(root)
const folders = countBy(files.map(({ path }) => dirname(path)))
const [largest, most] = [...folders].sort((a, b) => b[1] - a[1])[0] ?? ['', 0]
const circles = circlesOf(fileGraph(files))
const between = circlesOf(folderGraph(files))
const rooms = files.filter((file) => !isDoor(file))
const named = rooms.filter(isNamedForAnExport)

const rows: readonly (readonly [string, string | number])[] = [
  ['files', files.length],
  ['lines', sum(files.map(({ lines }) => lines))],
  ['exported types', sum(files.map(({ types }) => types))],
  ['largest folder', `${most} (${largest})`],
  ['literal spreads', sum(files.map(({ spreads }) => spreads))],
  ['circles between files', circles.length],
  ['circles between folders', between.length],
  ['files named for an export', `${named.length} of ${rooms.length}`],
]
for (const [what, figure] of rows) console.log(`${what.padEnd(28)}${figure}`)
if (process.argv.includes('--list')) {
  for (const circle of [...circles, ...between]) console.log(`circle: ${circle.join(' → ')}`)
  for (const { path } of rooms.filter((file) => !isNamedForAnExport(file)))
    console.log(`not named for an export: ${path}`)
  for (const { path, spreads } of files) if (spreads > 0) console.log(`spreads: ${path} ${spreads}`)
}

function countBy(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

function sum(figures: readonly number[]): number {
  return figures.reduce((all, each) => all + each, 0)
}
