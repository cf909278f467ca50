import type { TextRange } from './layout.ts'

/** A section of `.gitmodules`. */
export interface SubmoduleSection {
  /** Of its heading, from 1. */
  readonly line: number
  readonly path?: string
  readonly url?: string
  readonly branch?: TextRange & { readonly line: number; readonly value: string }
}

type OpenSection = { -readonly [key in keyof SubmoduleSection]: SubmoduleSection[key] }

/** The sections of `.gitmodules` in their order, as git reads them: keys in any case, values with or without quotes, comments behind. */
export function readGitmodules(text: string): readonly SubmoduleSection[] {
  const sections: OpenSection[] = []
  let at = 0
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*\[\s*submodule\b/i.test(line)) sections.push({ line: index + 1 })
    else if (/^\s*\[/.test(line)) sections.push({ line: 0 })
    const pair = PAIR.exec(line)
    const open = sections.at(-1)
    if (pair && open) {
      const [, before = '', key = '', between = '', quoted, bare = ''] = pair
      const value = quoted ?? bare
      const start = at + before.length + key.length + between.length + (quoted === undefined ? 0 : 1)
      const name = key.toLowerCase()
      if (name === 'path' || name === 'url') open[name] = value
      if (name === 'branch') open.branch = { start, end: start + value.length, line: index + 1, value }
    }
    at += line.length + 1
  }
  return sections.filter(({ line }) => line > 0)
}

const PAIR = /^(\s*)(path|url|branch)(\s*=\s*)(?:"([^"\n]*)"|([^\s"#;]+))/i
