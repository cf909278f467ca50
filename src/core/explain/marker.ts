/** What we hide in our own comments and bodies, to find them again: `<!-- multiarch:answer 42 -->`. Only a hint. */
export function marker(word: MarkerWord, value: string | number): string {
  return `<!-- multiarch:${word} ${String(value).replace(/[^\w./:-]/g, '')} -->`
}

export type MarkerWord = 'answer' | 'refused' | 'box'

/** The values of every such mark in a text. */
export function marksIn(text: string, word: MarkerWord): readonly string[] {
  return [...text.matchAll(/<!-- multiarch:(\w+) ([\w./:-]+) -->/g)]
    .filter(([, found]) => found === word)
    .map(([, , value]) => value as string)
}
