import { grouped } from '../../model/collections/grouped.ts'
import { plainOf } from '../../audit/audited.ts'
import { winning } from '../../catalogue/definitions.ts'
import { clusterSetting, type InventorySettings } from '../../inventory/read-settings.ts'
import type { Setting } from '../../inventory/setting.ts'
import { defined } from '../../model/defined.ts'
import type { FoundLint } from '../../plan/lint-facts.ts'
import type { PlainMap, PlainValue } from '../../yaml/values/plain-value.ts'
import { PythonNumber } from '../../yaml/values/python-number.ts'
import type { ShapeMemory } from './names-of-shape.ts'
import { releaseUses, type ReleaseToRead, type ReleaseUse, type ReleaseUses } from './release-uses.ts'
import { allHold } from './all-hold.ts'
import { isThrough } from './use.ts'
import { candidatesFor, shapeOf, stopsOn, type Shape } from './stops-on.ts'

interface ShapeQuestion {
  /** The release gone to. */
  readonly release: ReleaseToRead
  readonly settings: InventorySettings
  readonly tag: string
  readonly memory: ShapeMemory
}

/** Values that the release's tasks and templates cannot do with what they do: the play stops there, for certain. */
export function shapeFindings({ release, settings, tag, memory }: ShapeQuestion): readonly FoundLint[] {
  const judged = new Map(
    [...settings.named.keys()].flatMap((name) => {
      const setting = clusterSetting(settings, name)
      return setting && isJudged(setting) ? [[name, setting] as const] : []
    }),
  )
  const read = releaseUses(release, new Set(judged.keys()), memory)
  const byName = grouped(read.uses, (use) => use.name)
  return [...judged].flatMap(([name, setting]): readonly FoundLint[] => {
    const uses = byName.get(name) ?? []
    const value = plainOf(setting.value)
    const doubted = uses.filter((use) => stopsOn(value, use))
    if (doubted.length === 0 || isAssigned(name, release) || isConstant(name, release)) return []
    const stops = doubted.filter((use) => isCertain(use, { name, value, key: 'own' }, { release, read }))
    const [first] = stops
    if (!first) return []
    return [
      finding(setting, {
        value,
        first,
        others: stops.length - 1,
        tag,
        wanted: wantedBy(uses, { release, read }),
      }),
    ]
  })
}

/** Templates and encrypted values are Ansible's to work out; text of an INI file or a command may be a list to it. */
function isJudged({ name, nature, value, source }: Setting): boolean {
  if (nature !== 'plain' || name === 'kube_version') return false
  return source.kind === 'yaml' || typeof value !== 'string' || !/^\s*[[{]/.test(value)
}

/** A role's constants outrank what an inventory says. */
function isConstant(name: string, release: ReleaseToRead): boolean {
  return winning(release.run().definitions, name)?.path.includes('/vars/') === true
}

interface Certainty {
  readonly release: ReleaseToRead
  readonly read: ReleaseUses
}

function isCertain(
  use: ReleaseUse,
  instead: Parameters<typeof allHold>[2],
  { release, read }: Certainty,
): boolean {
  const guards = use.guards.filter((guard) => !isThrough(use, guard))
  if (use.first !== true && allHold(guards, release.run(), instead) !== 'yes') return false
  return read.isReached(use.tasks) === 'yes'
}

/** The shapes that every reader takes; none where two of them contradict each other. */
function wantedBy(uses: readonly ReleaseUse[], certainty: Certainty): Wanted {
  const candidates = candidatesFor(uses).filter(([shape, value]) =>
    uses.every(
      (use) => !stopsOn(value, use) || !isCertain(use, { name: use.name, value, key: shape }, certainty),
    ),
  )
  const [best] = candidates.filter(
    ([shape, value]) => shape !== 'list of mappings' || keysOf(value).length > 0,
  )
  if (!best) return {}
  return { shape: best[0], keys: keysOf(best[1]) }
}

interface Wanted {
  readonly shape?: Shape
  readonly keys?: readonly string[]
}

function keysOf(value: PlainValue): readonly string[] {
  const map = Array.isArray(value) ? (value as readonly PlainValue[])[0] : value
  if (!(map instanceof Map)) return []
  return [...(map as PlainMap).keys()].filter((key) => key !== 'name')
}

/** Whether tasks give the variable another value while they run. */
function isAssigned(name: string, { tree, text: textOf }: ReleaseToRead): boolean {
  const assigned = new RegExp(`^\\s+(?:- )?(?:register:\\s*${name}\\s*$|${name}:(?:\\s|$))`, 'm')
  return [...tree.keys()].some((path) => {
    if (!/\/tasks\/.*\.ya?ml$/.test(path)) return false
    const text = textOf(path)
    return text?.includes(name) === true && assigned.test(text)
  })
}

interface Stopping {
  readonly value: PlainValue
  readonly first: ReleaseUse
  readonly others: number
  readonly tag: string
  readonly wanted: Wanted
}

function finding({ name, at }: Setting, { value, first, others, tag, wanted }: Stopping): FoundLint {
  const { want, path, line } = first
  const isOff = value instanceof Map && (value as PlainMap).get('enabled') === false
  const toList = wanted.shape === 'list' || wanted.shape === 'list of mappings'
  const edit = isOff && toList ? { changes: [{ kind: 'set', name, value: [] }] as const } : undefined
  const isMissingKey = want.kind === 'key' && wanted.shape !== undefined && shapeOf(value) === wanted.shape
  const facts = {
    kind: 'value-shape',
    tag,
    shape: shapeOf(value),
    how: want.how,
    by: { path, line },
    others,
    ...defined({
      shown: shown(name, value),
      wanted: wanted.shape,
      keys: wanted.keys,
      missing: isMissingKey ? want.key : undefined,
      off: edit ? true : undefined,
    }),
  } as const
  const { file } = at
  return {
    code: 'value-shape',
    severity: 'error',
    key: name,
    file,
    line: at.line,
    facts,
    ...defined({ edit }),
  }
}

/** A short plain value; never one that may be a secret, and no long one. */
function shown(name: string, value: PlainValue): string | undefined {
  if (
    SECRET.test(name) ||
    (typeof value === 'object' && !(value instanceof PythonNumber)) ||
    value === undefined
  )
    return undefined
  const text = String(value)
  return text !== '' && text.length <= MOST_SHOWN && /^[\w.:/, -]+$/.test(text) ? text : undefined
}

const SECRET = /pass|secret|token|key|auth|cred|cert|private|login|user|salt|hash/i
const MOST_SHOWN = 40
