import { oncePer } from '../../model/collections/once-per.ts'
import type { LineBag } from '../line-bag.ts'

/**
 * Answers whether a name stands in any of these lines, in whatever word. A file says the same words again and again, so the words
 * are asked and not the lines: searching the whole text for each name of a large patch would take most of a run.
 */
export function namesKnown(bags: readonly LineBag[]): (name: string) => boolean {
  const answers = new Map<string, boolean>()
  return (name) => {
    let answer = answers.get(name)
    if (answer === undefined) {
      const words = bags.map(wordsIn)
      answer = words.some(({ all }) => all.has(name)) || words.some(({ text }) => text.includes(name))
      answers.set(name, answer)
    }
    return answer
  }
}

/** Runs of the characters that a name can have ({@link namesIn}): a name stands within one of them or nowhere. */
const WORD = /[\w./${-]{2,}/g

interface Words {
  readonly all: ReadonlySet<string>
  readonly text: string
}

const wordsIn = oncePer((bag: LineBag): Words => {
  const all = new Set([...bag.keys()].flatMap((line) => line.match(WORD) ?? []))
  return { all, text: [...all].join('\n') }
})
