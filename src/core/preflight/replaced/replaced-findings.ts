import { enabledRoles } from '../../audit/enabled-roles.ts'
import { plainOf } from '../../audit/audited.ts'
import { readRolePath } from '../../audit/read-role-path.ts'
import { clusterSetting, type InventorySettings } from '../../inventory/read-settings.ts'
import type { Setting } from '../../inventory/setting.ts'
import { defined } from '../../model/defined.ts'
import type { FoundLint, ReleasePlace } from '../../plan/lint-facts.ts'
import { sameValue } from '../../yaml/values/yaml-value.ts'
import type { ShapeMemory } from '../shapes/names-of-shape.ts'
import { releaseUses, type ReleaseToRead, type ReleaseUse } from '../shapes/release-uses.ts'
import { readersIn } from './readers-in.ts'
import { templateChoice } from './template-choice.ts'

interface ReplacedQuestion {
  readonly settings: InventorySettings
  readonly from: ReleaseToRead & { readonly tag: string }
  readonly to: ReleaseToRead & { readonly tag: string }
  readonly memory: ShapeMemory
}

type Readers = ReadonlyMap<string, readonly string[]>

/** What an inventory says that nothing takes up any more: folded into another variable, or read by what is no longer chosen. */
export function replacedFindings({ settings, from, to, memory }: ReplacedQuestion): readonly FoundLint[] {
  const said = new Map(
    [...settings.named.keys()].flatMap((name) => {
      const setting = clusterSetting(settings, name)
      return setting && saysSomething(setting) ? [[name, setting] as const] : []
    }),
  )
  const names = new Set(said.keys())
  const [before, after] = [readersIn(from, names), readersIn(to, names)]
  const gone = [...said].filter(([name]) => before.has(name) && !after.has(name))
  return [
    ...foldedInto(new Map(gone), { from, to, before, memory }),
    ...[...said].flatMap(([name, setting]) =>
      unchosen(setting, { from, to, before: before.get(name) ?? [], after: after.get(name) ?? [] }),
    ),
  ]
}

function saysSomething({ value, name }: Setting): boolean {
  if (name === 'kube_version' || value === null || value === false || value === '') return false
  return !(Array.isArray(value) && value.length === 0) && !(value instanceof Map && value.size === 0)
}

interface Folding {
  readonly from: ReleaseToRead
  readonly to: ReleaseToRead & { readonly tag: string }
  readonly before: Readers
  readonly memory: ShapeMemory
}

/** A new variable of the same role has a key by the rest of an old one's name; what was read beside the old one went along. */
function foldedInto(gone: ReadonlyMap<string, Setting>, folding: Folding): readonly FoundLint[] {
  const { from, to, before, memory } = folding
  const places = new Map<string, { readonly use: ReleaseUse; readonly into: string; readonly key: string }>()
  for (const name of gone.keys()) {
    const roles = rolesOf(before.get(name) ?? [])
    const prefix = name.split('_', 1)[0] ?? name
    const heirs = newMappings(prefix, roles, { from, to })
    const key = name.slice(prefix.length + 1)
    const use = releaseUses(to, heirs, memory).uses.find(
      ({ want, ways }) =>
        want.kind === 'key' && want.key === key && ways.some((way) => typeof way === 'object'),
    )
    const [first] = use?.ways ?? []
    if (use && typeof first === 'object') places.set(name, { use, into: `${use.name}.${first.key}`, key })
  }
  const enabled = places.size > 0 ? enabledRoles(to.run()) : new Set<string>()
  return [...gone].flatMap(([name, setting]): readonly FoundLint[] => {
    const files = before.get(name) ?? []
    const own = places.get(name)
    const other = [...places.keys()].find(
      (each) => each !== name && before.get(each)?.some((file) => files.includes(file)),
    )
    const place = own ?? (other === undefined ? undefined : places.get(other))
    if (!place || !rolesOf([place.use.path]).some((role) => enabled.has(role))) return []
    const { use, into } = place
    const facts = {
      kind: 'variable-folded',
      tag: to.tag,
      into,
      by: { path: use.path, line: use.line },
      ...defined({ as: own?.key, with: own ? undefined : other, shown: sampleOf(use.name, to) }),
    } as const
    const { file, line } = setting.at
    return [{ code: 'variable-folded', severity: 'error', key: name, file, line, facts }]
  })
}

function rolesOf(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => readRolePath(path)?.role ?? []))]
}

/** Variables of some roles that keys are asked of now, and that these roles did not name before. */
function newMappings(
  prefix: string,
  roles: readonly string[],
  { from, to }: Pick<Folding, 'from' | 'to'>,
): ReadonlySet<string> {
  const names = new Set<string>()
  const asked = new RegExp(`\\b(${prefix}_\\w+)\\.[a-z_]`, 'g')
  for (const path of to.tree.keys()) {
    if (!roles.includes(readRolePath(path)?.role ?? '')) continue
    for (const match of (to.text(path) ?? '').matchAll(asked)) if (match[1] !== undefined) names.add(match[1])
  }
  const known = readersIn(from, names)
  return new Set([...names].filter((name) => !known.has(name)))
}

function sampleOf(name: string, { tree, text }: ReleaseToRead): ReleasePlace | undefined {
  for (const path of tree.keys()) {
    if (!path.startsWith('inventory/sample/group_vars/')) continue
    const line = (text(path) ?? '').split('\n').findIndex((each) => /^#? ?(\w+):/.exec(each)?.[1] === name)
    if (line >= 0) return { path, line: line + 1 }
  }
  return undefined
}

/** A variable whose every reader is a template that this cluster's values no longer choose. */
function unchosen(
  setting: Setting,
  {
    from,
    to,
    before,
    after,
  }: Pick<ReplacedQuestion, 'from' | 'to'> & {
    readonly before: readonly string[]
    readonly after: readonly string[]
  },
): readonly FoundLint[] {
  const [reader] = after
  const isTemplate = (path: string): boolean => readRolePath(path)?.part === 'templates'
  if (reader === undefined || after.length > MOST_READERS || !after.every(isTemplate)) return []
  if (isDefault(setting, to)) return []
  const choices = after.map((path) => templateChoice(to, path))
  const [choice] = choices
  if (!choice || choices.some((each) => each?.isChosen !== false)) return []
  const wasRead = before.some((path) => !isTemplate(path) || templateChoice(from, path)?.isChosen === true)
  const role = readRolePath(reader)?.role ?? ''
  if (!wasRead || !enabledRoles(to.run()).has(role)) return []
  const { name, at } = setting
  const facts = {
    kind: 'reader-gone',
    tag: to.tag,
    from: from.tag,
    reader,
    choice: choice.expression,
    chosen: choice.chosen,
    by: choice.by,
  } as const
  return [{ code: 'reader-gone', severity: 'warning', key: name, file: at.file, line: at.line, facts }]
}

/** What more files read has other ways to count. */
const MOST_READERS = 3

function isDefault({ name, value }: Setting, to: ReleaseToRead): boolean {
  return (to.run().definitions.get(name) ?? [])
    .slice(0, -1)
    .some((each) => JSON.stringify(each.value) === JSON.stringify(plainOf(value)) || sameValue(value, null))
}
