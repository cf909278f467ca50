/**
 * Whether two texts of ours say the same. GitHub gives bodies back with its own line ends and without the last one, and a box that
 * somebody ticked for themselves is no reason to write the text again.
 */
export function sameText(a: string, b: string): boolean {
  return plainForm(a) === plainForm(b)
}

function plainForm(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.replace(/^( *(?:-|\d+\.) )\[x\] /i, '$1[ ] '))
    .join('\n')
    .trim()
}
