import { defined } from '../model/defined.ts'
import type { Signature } from '../model/commit.ts'
import type { PatchMail } from './patch-file.ts'

/** What a patch says of the commit that it was made of. */
interface MailWords {
  /** The subject without `[PATCH 1/3]`. */
  readonly subject?: string
  readonly body: string
  readonly author?: Signature
}

/** Reads the head of a patch: as `git format-patch` writes it, or words alone. */
export function wordsOf({ head }: PatchMail): MailWords {
  const text = head.replace(/^From \S+ .*\n/, '')
  const end = text.search(/\n\n/)
  const headers = unfolded(end < 0 ? text : text.slice(0, end))
  const subject = headers.get('subject')
  if (subject === undefined) return { body: '' }
  const [words = ''] = text.slice(end < 0 ? text.length : end + 2).split(/^---$/m)
  const author = authorOf(headers.get('from') ?? '', headers.get('date') ?? '')
  return {
    subject: decoded(subject).replace(/^\s*(?:\[[^\]]*\]\s*)+/, ''),
    body: words.trim(),
    ...defined({ author }),
  }
}

function unfolded(text: string): ReadonlyMap<string, string> {
  const rows = text.replaceAll(/\n[ \t]+/g, ' ').split('\n')
  return new Map(
    rows.flatMap((row): [string, string][] => {
      const [, name, value] = /^([A-Za-z][\w-]*):(.*)$/.exec(row) ?? []
      return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value.trim()]]
    }),
  )
}

function authorOf(from: string, date: string): Signature | undefined {
  const [, words, email] = /^([^<>]*)<([^<>]*)>$/.exec(decoded(from).trim()) ?? []
  const name = words?.trim().replaceAll(/^"|"$/g, '')
  const time = Date.parse(date)
  if (name === undefined || email === undefined || Number.isNaN(time)) return undefined
  return { name, email, time: Math.floor(time / 1000), zone: /[+-]\d{4}\b/.exec(date)?.[0] ?? '+0000' }
}

/** Words of a header beyond ASCII (RFC 2047), as git writes them: UTF-8, by quoted-printable or base64. */
function decoded(value: string): string {
  return value
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, form: string, text: string) => {
      if (form.toLowerCase() === 'b') return Buffer.from(text, 'base64').toString()
      const bytes = text
        .replaceAll('_', ' ')
        .replaceAll(/=([0-9A-F]{2})/gi, (__, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      return Buffer.from(bytes, 'latin1').toString()
    })
}
