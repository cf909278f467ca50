import { UnknownForm } from './tokens-of.ts'

/**
 * More text, or more unbounded repeats, could make a pattern run for minutes: a release's defaults are
 * someone else's text.
 */
const LONGEST_TEXT = 300
const MOST_REPEATS = 3

/**
 * Python's pattern as JavaScript's; one that could take long, or that means nothing here, throws
 * `UnknownForm`.
 */
export function readPattern(pattern: string, flags: string, text: string): RegExp {
  if (pattern.length > LONGEST_TEXT) throw new UnknownForm('a pattern too long to be meant')
  const repeats = pattern.replace(/\\./g, '').match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0
  const repeatedChoice = /\((?=[^()]*[*+|}])[^()]*\)[*+{]|\)\)[*+{]/.test(pattern)
  if (text.length > LONGEST_TEXT || repeats > MOST_REPEATS || repeatedChoice)
    throw new UnknownForm(`the pattern ${pattern}`)
  try {
    return new RegExp(pattern.replaceAll('(?P<', '(?<'), flags)
  } catch (error) {
    if (error instanceof SyntaxError) throw new UnknownForm(`the pattern ${pattern}`)
    throw error
  }
}
