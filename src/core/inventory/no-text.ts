import type { Problem } from '../model/problem.ts'
import { lineStartsOf, positionAt } from '../yaml/tree/position-at.ts'

/** Says where a file stops being the text in UTF-8 that Ansible wants; one that is left out in silence would seem to set nothing. */
export function noText(file: string, bytes: Uint8Array): Problem {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const at = Math.max(0, text.search(/[\0\uFFFD]/))
  return {
    code: 'inventory-no-text',
    message: 'This file is no text in UTF-8: expected one here, as Ansible does. Please save it as such.',
    at: { file, ...positionAt(lineStartsOf(text), at) },
  }
}
