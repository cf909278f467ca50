import { nameOf } from '../model/parent-of.ts'
import { commandAround } from './command-around.ts'

/** A line that runs one of Kubespray's playbooks. */
interface PlaybookCall {
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly playbook: 'cluster' | 'upgrade-cluster'
}

export interface HowApplied {
  /** Calls by workflows that a push to the default branch starts: merging a step runs it on the cluster. */
  readonly onMerge: readonly PlaybookCall[]
  /** What a person calls: a target of a Makefile, Taskfile or Justfile, or a script. */
  readonly byHand: readonly (PlaybookCall & {
    readonly tool: 'make' | 'task' | 'just' | 'script'
    /** The target; of a script its path. */
    readonly name: string
  })[]
}

/** How people run Kubespray from this repository, as far as its files tell. */
export function howApplied(texts: ReadonlyMap<string, string>, defaultBranch: string): HowApplied {
  const byHand = [...texts].flatMap(([file, text]) => callsByHand(file, text))
  const onMerge = [...texts]
    .filter(([file, text]) => isWorkflow(file) && startsOnPush(text, defaultBranch))
    .flatMap(([file, text]) => callsOf(file, text, byHand))
  return { onMerge, byHand }
}

function isWorkflow(file: string): boolean {
  return /^\.github\/workflows\/[^/]+\.ya?ml$/.test(file)
}

const PLAYBOOK =
  /\bupgrade[-_]cluster\.ya?ml\b|\bkubespray\.upgrade_cluster\b|(?<![\w-])cluster\.ya?ml\b|\bkubespray\.cluster\b/

function playbookIn(line: string): PlaybookCall['playbook'] | undefined {
  if (line.length > 2000 || /^\s*(?:#|\/\/)|\becho\b/.test(line)) return undefined
  const found = PLAYBOOK.exec(line)?.[0]
  if (found === undefined) return undefined
  return found.startsWith('upgrade') || found.includes('.upgrade_') ? 'upgrade-cluster' : 'cluster'
}

/** Its own calls, and those of the targets and scripts that it runs. */
function callsOf(file: string, text: string, byHand: HowApplied['byHand']): readonly PlaybookCall[] {
  return text.split('\n').flatMap((line, index): PlaybookCall[] => {
    const playbook =
      playbookIn(line) ?? (/^\s*#/.test(line) ? undefined : byHand.find((each) => runs(line, each))?.playbook)
    return playbook ? [{ file, line: index + 1, playbook }] : []
  })
}

function runs(line: string, { tool, name }: HowApplied['byHand'][number]): boolean {
  const words = line.split(/[\s"'&;|]+/)
  if (tool === 'script') return words.some((word) => word === name || word === `./${name}`)
  return words.includes(tool) && words.includes(name)
}

/** Whether `on:` of a workflow names pushes to this branch; one that names tags alone does not. */
function startsOnPush(text: string, branch: string): boolean {
  const lines = text.split('\n').filter((line) => !/^\s*(?:#.*)?\r?$/.test(line))
  const start = lines.findIndex((line) => /^["']?on["']?\s*:/.test(line))
  if (start < 0) return false
  const rest = lines.slice(start + 1)
  const end = rest.findIndex((line) => /^\S/.test(line))
  const block = rest.slice(0, end < 0 ? undefined : end)
  const inline = (lines[start] ?? '').split(':').slice(1).join(':')
  if (/\bpush\b/.test(inline)) return true
  const push = block.findIndex((line) => /^\s+(?:-\s+)?["']?push["']?\s*(?::|\r?$)/.test(line))
  if (push < 0) return false
  const depth = indentOf(block[push] ?? '')
  const after = block.slice(push + 1)
  const last = after.findIndex((line) => indentOf(line) <= depth)
  return isFor(branch, after.slice(0, last < 0 ? undefined : last))
}

function isFor(branch: string, filters: readonly string[]): boolean {
  const named = (key: string): readonly string[] | undefined => {
    const at = filters.findIndex((line) => new RegExp(String.raw`^\s+["']?${key}["']?\s*:`).test(line))
    if (at < 0) return undefined
    const depth = indentOf(filters[at] ?? '')
    const items = filters.slice(at + 1)
    const end = items.findIndex(
      (line) => indentOf(line) < depth || (indentOf(line) === depth && !/^\s*-/.test(line)),
    )
    const words = [
      (filters[at] ?? '').split(':').slice(1).join(':'),
      ...items.slice(0, end < 0 ? undefined : end),
    ]
    return words
      .flatMap((word) => word.replace(/#.*/, '').split(/[\s,[\]"']+/))
      .filter((word) => word !== '' && word !== '-')
  }
  const branches = named('branches')
  const ignored = named('branches-ignore')
  if (branches)
    return branches.some((pattern) => matches(pattern, branch)) && !branches.includes(`!${branch}`)
  if (ignored) return !ignored.some((pattern) => matches(pattern, branch))
  return named('tags') === undefined && named('tags-ignore') === undefined
}

function matches(pattern: string, branch: string): boolean {
  const form = pattern
    .replaceAll(/[.+?^${}()|\\]/g, String.raw`\$&`)
    .replaceAll('**', '\0')
    .replaceAll('*', '[^/]*')
    .replaceAll('\0', '.*')
  return new RegExp(`^${form}$`).test(branch)
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

const TARGETS = {
  make: /^([\w./-]+)\s*:(?![:=])/,
  task: /^ {2}["']?([\w:.-]+)["']?\s*:\s*\r?$/,
  just: /^@?([A-Za-z_][\w-]*)(?:\s[^:=\n]*)?:(?!=)/,
} as const

function callsByHand(file: string, text: string): HowApplied['byHand'] {
  const tool = toolOf(file, text)
  if (!tool) return []
  const found: HowApplied['byHand'][number][] = []
  let name = tool === 'script' ? file : undefined
  let at = 0
  for (const [index, line] of text.split('\n').entries()) {
    if (tool !== 'script') name = TARGETS[tool].exec(line)?.[1] ?? name
    const playbook = isRun(tool, text, at) ? playbookIn(line) : undefined
    at += line.length + 1
    if (
      playbook &&
      name !== undefined &&
      !found.some((each) => each.name === name && each.playbook === playbook)
    )
      found.push({ file, line: index + 1, playbook, tool, name })
  }
  return found
}

/** A script may as well look whether the playbook is there. */
function isRun(tool: HowApplied['byHand'][number]['tool'], text: string, at: number): boolean {
  if (tool !== 'script') return true
  const command = commandAround(text, { start: at, end: at })
  return text.slice(command.start, command.end).includes('ansible-playbook')
}

function toolOf(file: string, text: string): HowApplied['byHand'][number]['tool'] | undefined {
  const name = nameOf(file)
  if (/^(?:GNU)?makefile$/i.test(name) || name.endsWith('.mk')) return 'make'
  if (/^Taskfile(?:\.dist)?\.ya?ml$/i.test(name)) return 'task'
  if (/^\.?justfile$/i.test(name)) return 'just'
  return /\.(?:sh|bash)$/.test(name) || /^#!.*\b(?:sh|bash)\b/.test(text.slice(0, 80)) ? 'script' : undefined
}
