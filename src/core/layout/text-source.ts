import { defined } from '../model/defined.ts'
import { nameOf } from '../model/parent-of.ts'
import { findAssignments, type Assignment } from './find-assignments.ts'
import type { Writing } from './versions-beside.ts'
import type { TextRange } from './layout.ts'
import { lineAround } from './command-around.ts'

/** A file's text with what was found in it. */
export interface TextSource extends Writing {
  readonly file: string
  /** As long as the file is; lines that no person wrote are blank. */
  readonly text: string
  readonly only?: 'terraform' | 'source-code' | 'readme'
  readonly assignments: readonly Assignment[]
}

/** Plain text that programs read: what pip installs, versions, images to mirror. */
export function isList(name: string): boolean {
  return /\.(?:txt|list|lst)$/i.test(name) && /^(?:requirements|constraints)|version|image/i.test(name)
}

/** A file to look for pins in; documents are none, but for a README and lists that programs read. */
export function sourceOf(file: string, text: string): TextSource | undefined {
  const name = nameOf(file)
  if (name === '.gitmodules') return undefined
  const isReadme = /^README(?:\.\w+)?$/i.test(name)
  if (!isReadme && !isList(name) && /\.(?:md|mdx|rst|adoc|txt|html?|ipynb)$/i.test(name)) return undefined
  const only = isReadme ? 'readme' : languageOf(name)
  const scanned = text.replace(TOO_LONG, (line) => ' '.repeat(line.length))
  return {
    file,
    text: scanned,
    assignments: findAssignments(scanned),
    isYaml: /\.ya?ml$/i.test(name),
    hasGroups: only === 'terraform' || only === 'source-code' || /\.json$|^Jenkinsfile/i.test(name),
    ...defined({ only }),
  }
}

function languageOf(name: string): 'terraform' | 'source-code' | undefined {
  if (/\.(?:tf|tfvars|hcl)$/.test(name)) return 'terraform'
  return /\.(?:go|py|tsx?|jsx?|mjs|cjs|rs|java|kt|cs|rb)$/.test(name) ? 'source-code' : undefined
}

/** No person wrote a longer one, and patterns are not to be tried on what may be a whole file in one line. */
const TOO_LONG = /[^\n]{2001,}/g

/** Whether a place is in a comment; a README's headings are none. */
export function isCommentedOut(source: TextSource, { start }: TextRange): boolean {
  if (source.only === 'readme') return false
  const before = source.text.slice(lineAround(source.text, { start, end: start }).start, start)
  return /^\s*(?:@?#|\/\/)/.test(before) || /\s#\s/.test(before)
}
