import { nameOf } from '../model/parent-of.ts'
import type { Problem } from '../model/problem.ts'
import type { Edit } from '../text/edit.ts'
import { commentedDefaults } from '../yaml/tree/commented-defaults.ts'
import { gapsOf } from '../yaml/tree/find-node.ts'
import { insertKey } from '../yaml/tree/insert-key.ts'
import { lineBreakOf } from '../yaml/tree/line-start.ts'
import { nameLikeness } from '../yaml/outline/name-likeness.ts'
import { lineStartsOf, positionAt } from '../yaml/tree/position-at.ts'
import { renderEntry } from '../yaml/tree/render-entry.ts'
import type { Change, Editing, VariableChange } from './change.ts'
import { currentGroupName } from './cluster-groups.ts'
import { writeIniValue } from './resolve-ini-value.ts'
import { hostFormat } from './hosts/host-format.ts'
import { readIni } from './read-ini.ts'
import { newVariableFile } from './new-variable-file.ts'

/**
 * Sets a variable that the inventory does not set yet: under its commented-out default; else in the file where its like
 * is; else in the cluster's own file, be it INI; else in a new one.
 */
export function insertVariable(editing: Editing, change: VariableChange & { kind: 'set' }): Change {
  const { name, value } = change
  const file = fileFor(editing, name)
  if (file === undefined) return insertWithoutFile(editing, change)
  const edits = insertKey(editing.files.documentOf(file), [name], value)
  if (!edits) throw new Error(`${file} sets ${name}, or holds no mapping`)
  return placed(editing, { file, name }, edits)
}

/** The group whose variables are the cluster's comes first, then `all`. */
const GROUPS = ['k8s_cluster', 'all']

function fileFor(editing: Editing, name: string): string | undefined {
  const candidates = GROUPS.flatMap((group) =>
    editing.inventory.variableFiles.filter(
      ({ scope }) => scope.kind === 'group' && currentGroupName(scope.name) === group,
    ),
  )
    .map(({ path }) => path)
    .filter((path) => holdsVariables(editing, path))
  let best: { path: string; score: number } | undefined
  for (const path of candidates) {
    const score = likeness(editing, path, name)
    if (!best || score > best.score) best = { path, score }
  }
  return best?.path
}

function holdsVariables({ files, texts }: Editing, path: string): boolean {
  const text = texts.get(path)
  if (text === undefined || text.startsWith('$ANSIBLE_VAULT;')) return false
  const document = files.readDocument(path)
  const root = document?.root
  return document !== undefined && (root === undefined || root.kind === 'mapping')
}

/** How well a file suits a variable: its own default as a comment outranks all, then the names it shares words with. */
function likeness({ files }: Editing, path: string, name: string): number {
  const document = files.documentOf(path)
  const comments = gapsOf(document, []).flatMap((gap) => commentedDefaults(document.text, gap))
  if (comments.some((each) => each.key === name && each.indent === 0)) return 1000
  const set = document.root?.kind === 'mapping' ? document.root.entries.map((entry) => entry.key) : []
  const likest = Math.max(
    0,
    ...[...set, ...comments.map((each) => each.key)].map((each) => nameLikeness(each, name)),
  )
  if (likest > 0) return 100 + likest
  // Kubespray's own names for the files of switches and of everything else.
  if (/^addons\.ya?ml$/.test(nameOf(path))) return name.endsWith('_enabled') ? 50 : 1
  return /^k8s[-_]cluster\.ya?ml$/.test(nameOf(path)) ? 10 : 0
}

function insertWithoutFile(editing: Editing, change: VariableChange & { kind: 'set' }): Change {
  const { name, value } = change
  for (const group of GROUPS) {
    for (const file of iniFiles(editing)) {
      const at = endOfSection(editing.texts.get(file), group)
      if (at === undefined) continue
      return placed(editing, { file, name }, [
        {
          from: at,
          to: at,
          text: `${lineBreakOf(editing.texts.get(file) ?? '')}${name}=${writeIniValue(value, '')}`,
        },
      ])
    }
  }
  const file = newVariableFile(editing)
  if (file === undefined) return { problems: [noPlace(editing, change)] }
  const line = renderEntry(name, value, { indent: 0, style: { mapping: 2, sequence: 2 } })
  const to = line.slice(name.length + 1).trim()
  return { newFile: { file, line }, changed: [{ file, line: 2, key: name, from: undefined, to }] }
}

function iniFiles({ inventory, texts }: Editing): readonly string[] {
  return inventory.hostFiles.filter((file) => hostFormat(file, texts.get(file) ?? '') === 'ini')
}

function noPlace({ inventory }: Editing, { name, value }: VariableChange & { kind: 'set' }): Problem {
  return {
    code: 'variable-has-no-place',
    message: `I found no file of \`${inventory.path === '' ? '.' : inventory.path}\` that I could put \`${name}\` in: those for the whole cluster are encrypted, or written in a way that I do not add to. Set it to \`${typeof value === 'object' ? '[]' : value}\` yourself.`,
  }
}

function endOfSection(text: string | undefined, group: string): number | undefined {
  if (text === undefined) return undefined
  const end = [...readIni(text).ends].find(([name]) => currentGroupName(name) === group)?.[1]
  return end !== undefined && text[end - 1] === '\r' ? end - 1 : end
}

function placed(
  { files }: Editing,
  { file, name }: { file: string; name: string },
  edits: readonly Edit[],
): Change {
  const text = files.textOf(file)
  const first = edits.find((edit) => edit.text.includes(name)) as Edit
  const opensLine = /^\r?\n/.test(first.text) ? 1 : 0
  const { line } = positionAt(lineStartsOf(text), first.from)
  const written = first.text.trim().slice(name.length + 1)
  return {
    edits: [[file, edits]],
    changed: [{ file, line: line + opensLine, key: name, from: undefined, to: written.trim() }],
  }
}
