/**
 * What we hide in our own comments and bodies, to find them again: `<!-- multiarch:answer 42 -->`. Our texts quote what anybody
 * wrote, so a mark counts where we put it, at the very end, and nowhere else.
 */
export function marker(word: MarkerWord, value: string | number): string {
  return `<!-- multiarch:${word} ${String(value).replace(/[^\w./:-]/g, '')} -->`
}

/**
 * `waits`: a pull request that we closed ourselves, to be opened again once the other one is settled. `added`: a line that was put into
 * a text of ours that stood already. `begun`: a command is being done, from this commit on. `top`: how many things wait for people, and how
 * many of them stop us. `day`: when a text was written; what stands behind it is no part of what it says. `suggestion`:
 * of which conflict.
 */
type MarkerWord = 'answer' | 'refused' | 'box' | 'waits' | 'added' | 'begun' | 'top' | 'day' | 'suggestion'

/** The value of the mark that a text ends in, if it is of this word. */
export function markAtEnd(text: string, word: MarkerWord): string | undefined {
  const [, found, value] = /<!-- multiarch:(\w+) ([\w./:-]+) -->$/.exec(text.trimEnd()) ?? []
  return found === word ? value : undefined
}
