import { defined } from '../model/defined.ts'
import type { Failure } from './verified.ts'

/** What Ansible said of a run that ended badly, as failures with their places. */
export function readFailures(said: string): readonly Failure[] {
  const paragraphs = paragraphsOf(said)
  const sources = paragraphs.flatMap(ofSource)
  const whole = paragraphs.find(({ kind }) => kind === 'error')
  const chosen = sources.length > 0 ? likeliest(sources) : []
  if (chosen.length > 0) return chosen
  if (!whole) return [{ message: lastWords(said), hosts: [] }]
  return [{ message: shortened(wordsOf(whole.text)), ...placeIn(said), hosts: [] }]
}

/** Whether Ansible only lacks the key of a vault; with the file, where it is one as a whole. */
export function asksForVault(said: string): { readonly file?: string } | undefined {
  if (!/no vault secrets|Attempting to decrypt|vault password|vault secret/i.test(said)) return undefined
  const flat = said.replace(/\s+/g, ' ')
  return defined({
    file: /vault secrets (?:were )?found that could decrypt (?:on )?["']?([^\s"']+)/.exec(flat)?.[1],
  })
}

/** What the release's requirements bring along and this machine has not: a collection by its name, a library by its own. */
export function notInstalled(said: string): string | undefined {
  const flat = said.replace(/\s+/g, ' ')
  const named =
    /couldn't resolve module\/action '([\w.]+)'/.exec(flat)?.[1] ??
    /(?:[Nn]o (?:filter|test) named '|lookup plugin \(|lookup plugin ')([\w.]+)/.exec(flat)?.[1]
  const collection = /^(?!ansible\.(?:builtin|legacy)\.)(\w+\.\w+)\.\w+$/.exec(named ?? '')?.[1]
  const unlocated = /unable to locate collection ([\w.]+)/.exec(flat)?.[1]
  if (unlocated !== undefined || collection !== undefined) return unlocated ?? collection
  return /requires? (?:python's |the Python library |the )?(netaddr|jmespath|cryptography)\b/i
    .exec(flat)?.[1]
    ?.toLowerCase()
}

interface Paragraph {
  readonly kind: 'error' | 'warning'
  readonly text: string
}

/** Ansible says warnings and errors one after the other, and wraps the former. */
function paragraphsOf(said: string): readonly Paragraph[] {
  const found: { kind: Paragraph['kind']; text: string }[] = []
  for (const line of said.split('\n')) {
    const head = /^(?:\[(WARNING|ERROR)\]:|(ERROR)!)(.*)$/.exec(line.trim())
    if (head) found.push({ kind: head[1] === 'WARNING' ? 'warning' : 'error', text: (head[3] ?? '').trim() })
    else if (found.length > 0) (found.at(-1) as { text: string }).text += `\n${line}`
  }
  return found
}

interface OfSource extends Failure {
  readonly plugin: string
}

/** Each reader of inventories says why it cannot read a file. */
function ofSource({ text }: Paragraph): readonly OfSource[] {
  const flat = text.replace(/\s+/g, ' ')
  const match = /^\*? ?Failed to parse (.+?) with (\w+) plugin: (.*)$/.exec(flat)
  if (!match) return []
  const [, file = '', plugin = '', words = ''] = match
  // Of its own file it says `path:line: words`.
  const own = words.startsWith(`${file}:`) ? /^:(\d+): (.*)$/.exec(words.slice(file.length)) : undefined
  const place = own ? { file, line: Number(own[1]) } : { file, ...placeIn(text) }
  return [{ plugin, ...place, message: shortened(wordsOf(own?.[2] ?? words)), hosts: [] }]
}

/** YAML's reader on what is called YAML, INI's on all else: every reader is asked of every file. */
function likeliest(all: readonly OfSource[]): readonly Failure[] {
  const files = new Set(all.map(({ file }) => file))
  return [...files].flatMap((file) => {
    const own = all.filter((each) => each.file === file)
    const wanted = /\.(?:ya?ml|json)$/.test(file ?? '') ? 'yaml' : 'ini'
    const found = own.find(({ plugin }) => plugin === wanted) ?? own[0]
    if (!found) return []
    const { plugin: _, ...failure } = found
    return [failure]
  })
}

/** Until 2.18 a sentence, since 2.19 a line. */
function placeIn(said: string): { readonly file?: string; readonly line?: number } {
  const flat = said.replace(/\s+/g, ' ')
  const match =
    /appears to (?:be|have been) in '(.+?)': line (\d+)/.exec(flat) ??
    /Origin: (\S+?):(\d+)(?::\d+)?\b/.exec(flat)
  return match ? { file: match[1] ?? '', line: Number(match[2]) } : {}
}

/** Where it stands is told beside the words. */
function wordsOf(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.replace(/ (?:The (?:error|offending line) appears to|Origin:).*$/, '')
}

function lastWords(said: string): string {
  return shortened(said.trim().split('\n').at(-1)?.trim() ?? '')
}

/** Longer than this is a trace, not a message. */
const LONGEST = 500

function shortened(words: string): string {
  const flat = words.replace(/\s+/g, ' ').trim()
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST)}…` : flat
}
