import type { Problem } from '../model/problem.ts'
import { joinEdits, type Edit } from '../text/edit.ts'
import { removeAt } from '../yaml/tree/remove-at.ts'
import { renameKey } from '../yaml/tree/rename-key.ts'
import { setValue } from '../yaml/tree/set-value.ts'
import { sameValue } from '../yaml/values/yaml-value.ts'
import type {
  Change,
  ChangedVariable,
  EditedInventory,
  Editing,
  HeldVariable,
  NewValue,
  VariableChange,
} from './change.ts'
import { iniRemoval, iniRename, iniReplacement } from './ini-replacement.ts'
import { insertVariable } from './insert-variable.ts'
import type { Setting } from './setting.ts'
import { fileTexts } from './file-texts.ts'
import { clusterSetting, isOfCluster } from './read-settings.ts'

/** What changing an inventory comes to; the edits count on the texts that were given. */
interface InventoryEdits {
  readonly edits: ReadonlyMap<string, readonly Edit[]>
  /** Files that are not there yet, with their text. */
  readonly newFiles: ReadonlyMap<string, string>
  readonly changed: readonly ChangedVariable[]
  /** Changes that a person has to make, and settings that go on differing. */
  readonly problems: readonly Problem[]
  /** What commands hand in and a person has to change there. */
  readonly held: readonly HeldVariable[]
}

/** Makes changes to an inventory, each with the smallest edit: a new value is a diff of one line. */
export function editInventory(edited: EditedInventory, changes: readonly VariableChange[]): InventoryEdits {
  const texts = fileTexts(edited.texts)
  const parts = changes.map((change) => makeChange({ ...edited, files: texts }, change))
  const edits = new Map<string, readonly Edit[]>()
  for (const part of parts) {
    for (const [file, own] of part.edits ?? []) {
      edits.set(file, joinEdits(texts.textOf(file), edits.get(file) ?? [], own))
    }
  }
  const newFiles = new Map<string, string>()
  for (const { newFile } of parts) {
    if (newFile) newFiles.set(newFile.file, (newFiles.get(newFile.file) ?? '---\n') + newFile.line)
  }
  return {
    edits: new Map([...edits].filter(([, own]) => own.length > 0)),
    newFiles,
    changed: parts.flatMap((part) => part.changed ?? []),
    problems: parts.flatMap((part) => part.problems ?? []),
    held: parts.flatMap((part) => part.held ?? []),
  }
}

function makeChange(editing: Editing, change: VariableChange): Change {
  if (change.kind === 'set') return setVariable(editing, change)
  const all = editing.settings.named.get(change.name) ?? []
  const parts = all.map((setting) =>
    changeKey(editing, setting, change.kind === 'rename' ? change.to : undefined),
  )
  return {
    edits: parts.flatMap((part) => part.edits ?? []),
    changed: parts.flatMap((part) => part.changed ?? []),
    problems: parts.flatMap((part) => part.problems ?? []),
    held: parts.flatMap((part) => part.held ?? []),
  }
}

function setVariable(editing: Editing, change: VariableChange & { kind: 'set' }): Change {
  const { name, value } = change
  const setting = clusterSetting(editing.settings, name)
  if (setting?.extra !== undefined) return setExtra(editing, change, setting)
  const problems = (editing.settings.named.get(name) ?? [])
    .filter((each) => !isOfCluster(each) && each !== setting && !sameValue(each.value, value))
    .map((each) => setForSome(each))
  if (!setting) {
    const inserted = insertVariable(editing, change)
    return { ...inserted, problems: [...(inserted.problems ?? []), ...problems] }
  }
  if (sameValue(setting.value, value)) return { problems }
  if (setting.nature !== 'plain') return { problems: [notOurs(setting, inWords(value)), ...problems] }
  const made = replace(editing, setting, value)
  return { ...made, problems: [...(made.problems ?? []), ...problems] }
}

/**
 * Where a command hands a variable in, what an inventory says does not count. The value is changed at each place that has it, so that the
 * commands go on agreeing with each other and with the inventory; another value somewhere is somebody's wish.
 */
function setExtra(
  editing: Editing,
  { name, value }: VariableChange & { kind: 'set' },
  winner: Setting,
): Change {
  if (sameValue(winner.value, value) && winner.nature === 'plain') return {}
  const wanted = { kind: 'value', value: inWords(value) } as const
  const why = whyHeld(winner, inWords(value))
  if (why) return { held: [{ name, wanted, why, at: winner.at }] }
  const twins = (editing.settings.named.get(name) ?? []).filter(
    (each) => each !== winner && isOfCluster(each) && sameValue(each.value, winner.value),
  )
  const held = twins.flatMap((each): HeldVariable[] => {
    const reason = whyHeld(each, inWords(value))
    return reason ? [{ name, wanted, why: reason, at: each.at }] : []
  })
  const places = distinctPlaces([winner, ...twins.filter((each) => !whyHeld(each, inWords(value)))])
  const parts = places.map((each) =>
    each.nature === 'plain' ? replace(editing, each, value) : { problems: [notOurs(each, inWords(value))] },
  )
  return {
    edits: parts.flatMap((part) => part.edits ?? []),
    changed: parts.flatMap((part) => part.changed ?? []),
    problems: parts.flatMap((part) => part.problems ?? []),
    held,
  }
}

function inWords(value: NewValue): string {
  return typeof value === 'object' ? '[]' : String(value)
}

/** Two commands may take their value from one line of their file. */
function distinctPlaces(settings: readonly Setting[]): readonly Setting[] {
  return [
    ...new Map(settings.map((each) => [`${each.at.file}:${each.at.line}:${each.at.column}`, each])).values(),
  ]
}

/** Why the place is not ours to change: by its nature, or because a shell would take the new value for something else. */
function whyHeld({ extra, nature, source }: Setting, wanted: string): HeldVariable['why'] | undefined {
  if (extra === 'workflow') return 'workflow'
  if (source.kind !== 'command') return undefined
  return nature === 'plain' && /^[\w.:/+-]+$/.test(wanted) ? undefined : 'template'
}

function replace(editing: Editing, setting: Setting, value: NewValue): Change {
  const { name, at } = setting
  const edits = replaceValue(editing, setting, value)
  if (!edits) return { problems: [notReachable(setting)] }
  const { file, line } = at
  const text = edits.map((edit) => edit.text.trim()).find((each) => each !== '')
  // What a merge key brought has no text of its own, and is written out with its name.
  const to = text?.startsWith(`${name}: `) ? text.slice(name.length + 2) : text
  const from = setting.written === '' ? undefined : setting.written
  return { edits: [[file, edits]], changed: [{ file, line, key: name, from, to }] }
}

function replaceValue({ files }: Editing, setting: Setting, value: NewValue): readonly Edit[] | undefined {
  const { source, at } = setting
  if (source.kind === 'ini') return [iniReplacement(files.textOf(at.file), source, value)]
  if (source.kind === 'command') return [{ from: source.from, to: source.to, text: inWords(value) }]
  return setValue(files.documentOf(at.file), source.path, value)
}

/** Renames a variable where it is set, or takes it away there. */
function changeKey({ files }: Editing, setting: Setting, name: string | undefined): Change {
  const { source, at } = setting
  if (source.kind === 'command') {
    const wanted = name === undefined ? ({ kind: 'gone' } as const) : ({ kind: 'name', name } as const)
    return { held: [{ name: setting.name, wanted, why: 'words', at }] }
  }
  const text = files.textOf(at.file)
  let edits: readonly Edit[] | undefined
  if (source.kind === 'ini')
    edits = [name === undefined ? iniRemoval(text, source) : iniRename(text, setting, name)]
  else if (name === undefined) edits = removeAt(files.documentOf(at.file), source.path)
  else edits = renameKey(files.documentOf(at.file), source.path, name)
  if (!edits) return { problems: [notReachable(setting)] }
  const from = name === undefined ? setting.written : setting.name
  const changed = { file: at.file, line: at.line, key: setting.name, from, to: name }
  return { edits: [[at.file, edits]], changed: [changed] }
}

function setForSome({ name, scope, at }: Setting): Problem {
  return {
    code: 'variable-set-for-some',
    message: `\`${name}\` is set for the ${scope.kind} \`${scope.name}\` as well, and stays as it is there. Look whether that is still meant.`,
    at,
  }
}

function notOurs({ name, nature, at }: Setting, wanted: string): Problem {
  const what = NATURES[nature]
  return {
    code: nature === 'encrypted' ? 'variable-is-encrypted' : 'variable-is-template',
    message: `\`${name}\` is ${what} here, so I left it alone. Set it to \`${wanted}\` yourself.`,
    at,
  }
}

const NATURES: Readonly<Record<Setting['nature'], string>> = {
  plain: 'a value',
  template: 'a template',
  encrypted: 'encrypted',
  'at-run': 'known to the run alone',
  asked: 'asked for by the command',
}

function notReachable({ name, at }: Setting): Problem {
  return {
    code: 'variable-not-editable',
    message: `\`${name}\` is tied to other values by an anchor, an alias or a merge key, so I left it alone. Change it by hand.`,
    at,
  }
}
