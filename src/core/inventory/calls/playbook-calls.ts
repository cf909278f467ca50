import { nameOf } from '../../model/parent-of.ts'
import { lineStartsOf, positionAt } from '../../yaml/tree/position-at.ts'
import { commandWords, type Word } from './command-words.ts'
import { extraVariables, type ExtraVariables } from './extra-variables.ts'
import { withReferences } from './follow-reference.ts'

/** A command of a repository that runs a playbook, or a setting that says with which inventory. */
export interface PlaybookCall {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** As they are written, with what one line of the same file settles put in. */
  readonly playbooks: readonly string[]
  readonly inventories: readonly string[]
  readonly extra: readonly ExtraVariables[]
}

/** The calls in a file, in its order; those in comments are nobody's. */
export function playbookCalls(file: string, text: string): readonly PlaybookCall[] {
  if (text.length > MOST_CHARACTERS) return []
  if (nameOf(file) === 'ansible.cfg') return inConfig(file, text)
  const starts = lineStartsOf(text)
  const found: PlaybookCall[] = []
  for (const { index } of text.matchAll(NAMES)) {
    if (isComment(file, text, index)) continue
    const call = callOf(text, commandWords(text, index).slice(1))
    found.push({ file, line: positionAt(starts, index).line, ...call })
  }
  for (const match of text.matchAll(ENVIRONMENT)) {
    if (isComment(file, text, match.index)) continue
    const inventories = listed(withReferences(text, match[1] ?? match[2] ?? match[3] ?? ''))
    const { line } = positionAt(starts, match.index)
    found.push({ file, line, playbooks: [], inventories, extra: [] })
  }
  return found
}

/** Scripts and workflows are written by hand; no hand wrote more. */
const MOST_CHARACTERS = 400_000

/** The program itself, or a variable that is called for it. */
const NAMES = /(?<![\w.-])ansible-playbook(?![\w.-])|\$[({]\w*PLAYBOOK(?:_CMD|_BIN)?[)}](?=[ \t]+-)/g

const ENVIRONMENT = /\bANSIBLE_INVENTORY["']?[ \t]*(?:=|:)[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'#;]+))/g

function isComment(file: string, text: string, at: number): boolean {
  if (/\.(?:md|rst|adoc|txt)$/i.test(file)) return false
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at)
  return /^\s*(?:#|\/\/)/.test(before) || /\s#\s/.test(before)
}

type Call = Pick<PlaybookCall, 'playbooks' | 'inventories' | 'extra'>

function callOf(text: string, words: readonly Word[]): Call {
  const playbooks: string[] = []
  const inventories: string[] = []
  const extra: ExtraVariables[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as Word
    const option = OPTION.exec(word.text)
    if (!option) {
      const written = withReferences(text, word.text)
      if (!word.text.startsWith('-')) playbooks.push(written)
      else if (TAKES_VALUE.test(word.text)) index++
      continue
    }
    const length = option[0].length
    const value =
      word.text.length > length
        ? { text: word.text.slice(length), offsets: word.offsets.slice(length) }
        : words[++index]
    if (!value) continue
    if (/^(?:--inventory|-\w*i=?$)/.test(option[0]))
      inventories.push(...listed(withReferences(text, value.text)))
    else extra.push(...withFiles(text, extraVariables(text, value)))
  }
  return { playbooks: playbooks.filter((each) => isPlaybook(each)), inventories, extra }
}

/** Both spellings, with the value in the same word or in the next. */
const OPTION = /^(?:--inventory(?:-file)?|--extra-vars)(?:=|$)|^-[bkKCDv]*[ie]=?/

/** Other options whose value would pass for a playbook's name. */
const TAKES_VALUE =
  /^(?:-[ufltcTMD]|--(?:user|forks|limit|tags|skip-tags|connection|timeout|private-key|key-file|vault-id|vault-password-file|become-user|become-method|start-at-task))$/

/** A collection's playbook goes by its name in it: `kubernetes_sigs.kubespray.cluster`. */
function isPlaybook(word: string): boolean {
  return /\.ya?ml$/.test(word) || /^[\w]+\.[\w]+\.[\w-]+$/.test(word)
}

function withFiles(text: string, extra: readonly ExtraVariables[]): readonly ExtraVariables[] {
  return extra.map((each) =>
    each.kind === 'file' ? { ...each, path: withReferences(text, each.path) } : each,
  )
}

/** A list with commas in it names hosts, unless it names more than one file. */
function listed(written: string): readonly string[] {
  const parts = written.split(',').map((part) => part.trim())
  const isHosts = parts.length > 1 && !parts.every((part) => part.includes('/') || /\.\w+$/.test(part))
  return isHosts ? [] : parts.filter((part) => part !== '')
}

function inConfig(file: string, text: string): readonly PlaybookCall[] {
  let section = ''
  const found: PlaybookCall[] = []
  for (const [index, line] of text.split('\n').entries()) {
    section = /^\s*\[([^\]]*)\]/.exec(line)?.[1]?.trim() ?? section
    const value = /^(?:inventory|hostfile)\s*[=:]\s*([^;#\r\n]*)/.exec(line)?.[1]
    if (section !== 'defaults' || value === undefined) continue
    found.push({ file, line: index + 1, playbooks: [], inventories: listed(value.trim()), extra: [] })
  }
  return found
}
