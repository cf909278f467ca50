import { anchor, code, joined, link, quoted, say, type Inline, type Text } from '../blocks/text.ts'

/** The name of a patch's own part of a text; its row in the table has another. */
export function patchPlace(number: number): string {
  return `patch-${number}`
}

/** `[3](#patch-3)`: the number is its name in commands. */
export function patchLink(number: number, words: Inline | Text = String(number)): Inline {
  return link(`#${patchPlace(number)}`, words)
}

/** `patch 3, *Its title*`, leading to its part. */
export function patchNamed(number: number, title: string): Text {
  return say`${patchLink(number, `patch ${number}`)}, “${quoted(shortTitle(title))}”`
}

/** Its row in the table. */
export function rowPlace(number: number): string {
  return `row-${number}`
}

const MOST_OF_TITLE = 120

/** A title on one line of a list. */
export function shortTitle(title: string): string {
  return title.length > MOST_OF_TITLE ? `${title.slice(0, MOST_OF_TITLE)}…` : title
}

/** `1, 3, 5–9`, each end of a run leading to its patch. */
export function patchNumbers(numbers: readonly number[]): Text {
  return inRuns(numbers, (number) => patchLink(number))
}

/** The same of patches that have no part of their own: what leads to them leads here. */
export function patchPlaces(numbers: readonly number[]): Text {
  const places = numbers.map((number) => anchor(patchPlace(number)))
  return [...places, ...inRuns(numbers, String)]
}

function inRuns(numbers: readonly number[], shown: (number: number) => Inline): Text {
  return joined(
    runsOf(numbers).map(([first, last]) => {
      if (first === last) return shown(first)
      return say`${shown(first)}${last - first === 1 ? ', ' : '–'}${shown(last)}`
    }),
    ', ',
  )
}

function runsOf(numbers: readonly number[]): readonly (readonly [first: number, last: number])[] {
  const runs: [number, number][] = []
  for (const number of numbers) {
    const run = runs.at(-1)
    if (run?.[1] === number - 1) run[1] = number
    else runs.push([number, number])
  }
  return runs
}

/** A command of ours, or what is to be written, in a sentence. */
export function keepCommand(number: number | string): Inline {
  return code(`/multiarch keep ${number}`)
}
