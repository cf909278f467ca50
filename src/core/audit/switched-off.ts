import { winning, type DefinitionOf } from '../catalogue/definitions.ts'
import { isList, isMap, printed, type Value } from '../catalogue/jinja/value.ts'
import { namesMentioned } from '../catalogue/names-mentioned.ts'
import { isUnknownHere } from '../inventory/nature-of.ts'
import type { Setting } from '../inventory/setting.ts'
import { isInside, isInstalled, nameOf } from '../model/parent-of.ts'
import { audited, plainOf, type Audited, type TreeToAudit } from './audited.ts'
import { checkOption, isOff, type CheckKind } from './check-option.ts'
import { checksIn, type CheckPlace } from './checks-in.ts'
import { comesOff, isOffAlready } from './comes-off.ts'

/** A check that the release does, and that a patch or an inventory switched off. */
export interface SwitchedOff {
  readonly kind: CheckKind
  /** What switches it off, as it is written: an option, a flag, a variable. */
  readonly option: string
  /** `own`: a file that is the user's alone, which no patch of upstream's brings. */
  readonly by: 'patch' | 'own' | 'inventory'
  /** `gone`: what checked was taken out · `plain`: `http://` where `https://` stood. */
  readonly how: 'off' | 'gone' | 'plain'
  readonly file: string
  readonly line: number
}

/** All of them, each where it was done. What the release leaves unchecked by itself is nobody's doing here. */
export function switchedOff(source: Audited, release: TreeToAudit): readonly SwitchedOff[] {
  const before = audited(release, { architectures: source.architectures })
  const inventory = new Set(source.settings?.settings.map(({ at }) => at.file))
  const found = [
    ...patched(source, before, inventory),
    ...steered(source, before),
    ...(source.settings?.settings ?? []).flatMap((setting) => inSetting(setting, source, before)),
  ]
  const seen = new Set<string>()
  return found
    .map((each) => ({ ...each, by: inventory.has(each.file) ? ('inventory' as const) : each.by }))
    .filter(({ file, line }) => !seen.has(`${file}:${line}`) && seen.add(`${file}:${line}`))
}

/** Files that a patch changed, place by place. */
function patched(source: Audited, before: Audited, inventory: ReadonlySet<string>): readonly SwitchedOff[] {
  const known = new Set([...before.tree.values()].map(({ oid }) => oid))
  const moved = movedAway(source, before)
  return [...source.tree].flatMap(([path, { oid }]) => {
    // A file of the release's under another name is the release's.
    if (known.has(oid) || inventory.has(path) || source.others.has(path) || isOutside(path)) return []
    const text = source.text(path)
    if (text === undefined) return []
    const counted = counterpart(path, source, before)
    const was = before.text(counted) ?? ''
    const by = before.tree.has(counted) ? 'patch' : 'own'
    const isOffNow = (each: CheckPlace): boolean => isOffAlready(each, before, source)
    const off = newlyOff(path, text, was, isOffNow).filter((each) => !moved.delete(keyOf(each)))
    return [
      ...off.map((each) => offAt(each, path, by)),
      ...takenOut(path, text, was, source),
      ...plainNow(path, text, was),
    ]
  })
}

/** Tasks of the release's that check nothing and are no longer where they were: a patch may have moved them to another file. */
function movedAway(source: Audited, before: Audited): Set<string> {
  const kept = new Set([...source.tree.values()].map(({ oid }) => oid))
  return new Set(
    [...before.tree].flatMap(([path, { oid }]) => {
      const text = kept.has(oid) || isOutside(path) ? undefined : before.text(path)
      if (text === undefined) return []
      const places = new Set(checksIn(path, source.text(path) ?? '').map(keyOf))
      const off = checksIn(path, text).filter(({ state, within }) => state === 'off' && within !== '')
      return off.map(keyOf).filter((key) => !places.has(key))
    }),
  )
}

function keyOf({ option, within }: CheckPlace): string {
  return `${option}\0${within}`
}

function offAt({ option, kind, line }: CheckPlace, file: string, by: 'patch' | 'own'): SwitchedOff {
  return { kind, option, by, how: 'off', file, line }
}

/** What no play reads: inventories have a reader of their own, documents switch nothing. */
function isOutside(path: string): boolean {
  const isIn = (folder: string): boolean => isInside(path, folder)
  return (
    ['inventory', 'docs', 'tests', 'test-infra'].some(isIn) ||
    isInstalled(path) ||
    /\.(?:md|rst|png|svg)$|^\.git/.test(path)
  )
}

/** A file that went to another folder is compared with what it was. */
function counterpart(path: string, source: Audited, before: Audited): string {
  if (before.tree.has(path)) return path
  const moved = [...before.tree.keys()].filter(
    (each) => nameOf(each) === nameOf(path) && !source.tree.has(each),
  )
  return moved.length === 1 ? (moved[0] as string) : path
}

function newlyOff(
  path: string,
  text: string,
  was: string,
  isOffNow: (place: CheckPlace) => boolean,
): readonly CheckPlace[] {
  const before = checksIn(path, was).filter((each) => each.state === 'off' || isOffNow(each))
  const all = checksIn(path, text)
  const places = new Set(all.map(({ within }) => within))
  // Of the release's own, those whose task or section is gone may stand under another name now.
  const left = [...before]
  const take = (fits: (each: CheckPlace) => boolean): boolean => {
    const at = left.findIndex(fits)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  }
  const unmatched = all
    .filter(isOffNow)
    .filter(({ option, within }) => !take((each) => each.option === option && each.within === within))
  return unmatched
    .filter(({ option }) => !take((each) => each.option === option && !places.has(each.within)))
    .filter((each) => isMeant(each, text, was))
}

/** Many ask for a file's state without its checksum, which is quicker; it is a check where somebody compares it. */
function isMeant({ option }: CheckPlace, text: string, was: string): boolean {
  if (option !== 'get_checksum') return true
  return (
    /\bstat\.checksum\b/.test(text) ||
    checksIn('', was).some((each) => each.option === option && each.state === 'on')
  )
}

/** Checksums and signatures that the release asks for at a place that is still there. */
function takenOut(path: string, text: string, was: string, source: Audited): readonly SwitchedOff[] {
  // The table of downloads is judged entry by entry.
  if (source.files.layout.sharedVariables.includes(path)) return []
  const now = checksIn(path, text)
  const lines = text.split('\n')
  const said = new Set(now.map(({ kind, within }) => `${kind}\0${within}`))
  return checksIn(path, was)
    .filter(
      ({ kind, state, how }) =>
        state !== 'off' && how !== undefined && (how.meaning === 'holds' || kind === 'signature'),
    )
    .filter(({ kind, within }) => within !== '' && !said.has(`${kind}\0${within}`))
    .flatMap(({ kind, option, within }) => {
      const at = lines.findIndex((line) => line.trim() === within || line.trim() === `- name: ${within}`)
      return at < 0 ? [] : [{ kind, option, by: 'patch', how: 'gone', file: path, line: at + 1 } as const]
    })
}

function plainNow(path: string, text: string, was: string): readonly SwitchedOff[] {
  return text.split('\n').flatMap((line, index) => {
    const address = /(?<!\w)http:\/\/([^\s"'<>)]{4,})/.exec(line.replace(/(?:^|\s)#[^]*$/, ''))?.[1]
    const isNew =
      address !== undefined && was.includes(`https://${address}`) && !was.includes(`http://${address}`)
    if (!isNew) return []
    const option = `http://${address}`
    return [{ kind: 'transport', option, by: 'patch', how: 'plain', file: path, line: index + 1 } as const]
  })
}

/** Places that only variables decide: what they come to with the release's values, and with these. */
function steered(source: Audited, before: Audited): readonly SwitchedOff[] {
  return [...source.tree.keys()].flatMap((path) => {
    if (isOutside(path)) return []
    const text = source.text(path)
    if (text === undefined) return []
    const places = checksIn(path, text)
    return places.flatMap((place) => {
      if (isOfOneTask(place, path, places)) return []
      if (place.state === 'on' || (place.state === 'off' && place.conditions.length === 0)) return []
      if (comesOff(place, before) || !comesOff(place, source)) return []
      const at = steeringVariable(`${place.value} ${place.conditions.join(' ')}`, source, before)
      if (!at) return []
      return [
        { kind: place.kind, option: at.name, by: 'patch', how: 'off', file: at.path, line: at.line } as const,
      ]
    })
  })
}

/**
 * A task that never checks, whether a variable has it run or not: that is the release's doing. It is the variable's where another one
 * beside it checks, for the other case.
 */
function isOfOneTask(place: CheckPlace, path: string, places: readonly CheckPlace[]): boolean {
  if (path.endsWith('.j2') || place.state !== 'off') return false
  return !places.some(
    ({ kind, state, within }) => kind === place.kind && state !== 'off' && within !== place.within,
  )
}

/** The variable behind a template whose value is not the release's. */
function steeringVariable(template: string, source: Audited, before: Audited): DefinitionOf | undefined {
  const waiting = namesIn(template)
  const seen = new Set<string>()
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (seen.has(name)) continue
    seen.add(name)
    const now = winning(source.definitions, name)
    if (!now) continue
    const was = winning(before.definitions, name)
    if (!was || printed(was.value) !== printed(now.value)) return now
    if (typeof now.value === 'string' && now.value.includes('{{')) waiting.push(...namesIn(now.value))
  }
  return undefined
}

function namesIn(template: string): string[] {
  return [...template.matchAll(/[A-Za-z_]\w*/g)].map(([name]) => name)
}

/** A setting that says so itself, in its name, in a key of its value, or in the arguments it hands on. */
function inSetting(setting: Setting, source: Audited, before: Audited): readonly SwitchedOff[] {
  const { name, at } = setting
  if (isUnknownHere(setting) || isOfRelease(setting, source, before)) return []
  const value = plainOf(setting.value) as Value
  const was = winning(before.definitions, name)?.value as Value
  if (printed(was) === printed(value) || !isRead(name, source)) return []
  const known = offIn(name, was)
  const made = offIn(name, value).find(
    ({ option, times }) => times > (known.find((each) => each.option === option)?.times ?? 0),
  )
  if (made)
    return [
      { kind: made.kind, option: made.option, by: 'inventory', how: 'off', file: at.file, line: at.line },
    ]
  const isPlain = typeof value === 'string' && value.startsWith('http://')
  if (isPlain && typeof was === 'string' && was.startsWith('https://'))
    return [{ kind: 'transport', option: name, by: 'inventory', how: 'plain', file: at.file, line: at.line }]
  return []
}

/** Whether the release's own sample says the same at the same place. */
function isOfRelease({ name, at, value }: Setting, source: Audited, before: Audited): boolean {
  if (before.tree.get(at.file)?.oid === source.tree.get(at.file)?.oid) return true
  if (!before.tree.has(at.file) || before.text(at.file) === undefined) return false
  const { values } = before.files.layout.sampleVariables.includes(at.file)
    ? before.files.values(at.file)
    : { values: new Map<string, never>() }
  return values.has(name) && printed(values.get(name)) === printed(plainOf(value))
}

/** What nothing reads switches nothing off; what Ansible reads itself no role mentions. */
function isRead(name: string, source: Audited): boolean {
  if (/^ansible_/.test(name)) return true
  const encoder = new TextEncoder()
  for (const path of source.tree.keys()) {
    const text = isOutside(path) ? undefined : source.text(path)
    if (text?.includes(name) && namesMentioned([name], [encoder.encode(text)]).size > 0) return true
  }
  return false
}

interface Off {
  readonly option: string
  readonly kind: CheckKind
  readonly times: number
}

/** The checks that a value switches off, at any depth, counted. */
function offIn(name: string, value: Value): readonly Off[] {
  const counts = new Map<string, Off>()
  const add = (option: string, kind: CheckKind): void => {
    const times = (counts.get(option)?.times ?? 0) + 1
    counts.set(option, { option, kind, times })
  }
  const visit = (key: string, each: Value): void => {
    const how = checkOption(key)
    if (isMap(each)) {
      for (const [inner, below] of each) visit(inner, below)
      return
    }
    const isEmpty = how?.meaning === 'holds' && (each === undefined || each === '')
    if (how && (isEmpty || isOff(how, isList(each) ? each : printed(each)))) add(key, how.kind)
    else if (isList(each)) for (const item of each) visit('', item)
    else if (typeof each === 'string' && key !== '')
      for (const place of checksIn('', each)) if (place.state === 'off') add(place.option, place.kind)
  }
  visit(name, value)
  return [...counts.values()]
}
