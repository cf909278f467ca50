/**
 * The lines of a file, counted from 1, that name a version of something: the number alone may be of anything, so a word beside it or in the
 * two lines above has to say what it is of.
 */
export function linesNaming(text: string, version: string, of: RegExp): readonly number[] {
  if (!text.includes(version)) return []
  const number = version.replaceAll('.', String.raw`\.`)
  const named = new RegExp(String.raw`(?<![\w.]|[\w.]-)v?${number}(?![\w-]|\.\d)`)
  const lines = text.split('\n').map((line) => line.slice(0, LONGEST))
  return lines.flatMap((line, index) => {
    if (!named.test(line)) return []
    return lines.slice(Math.max(0, index - 2), index + 1).some((each) => of.test(each)) ? [index + 1] : []
  })
}

/** No person reads a longer one. */
const LONGEST = 2000
