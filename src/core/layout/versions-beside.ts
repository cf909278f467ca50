import type { TextRange } from './layout.ts'
import { bracketsAround, commandAround, keyed, lineAround, siblingsOf, type Keyed } from './command-around.ts'
import { expressionAt, readExpression } from './read-expression.ts'
import { isUpstreamBranch, looksLikeRelease, looksLikeVersion } from './read-version.ts'
import { readOid } from '../model/oid.ts'

/** How a file is written, as far as it matters for what belongs together in it. */
export interface Writing {
  /** Keys that stand together are about one thing: YAML. */
  readonly isYaml: boolean
  /** Brackets hold together what is about one thing: JSON, Terraform, Groovy, source code. In shells they hold functions. */
  readonly hasGroups: boolean
}

/** Where a version stands beside something that reaches Kubespray and has none itself, the surest neighbours first. */
export function versionsBeside(text: string, reference: TextRange, writing: Writing): readonly TextRange[] {
  const command = commandAround(text, reference)
  const flags = [...flagsIn(text, command), ...checkoutsAfter(text, command)]
  if (flags.length > 0) return flags
  const keys = keysBeside(text, reference, writing)
  const named = oneOf(keys)
  if (named) return [named]
  const inLine = releasesIn(text, lineAround(text, reference))
  if (inLine.length > 0) return inLine
  return nextToComment(text, reference) ?? listOf(oneOf(assignedNextTo(text, reference)))
}

/** Values of neighbours that are the same release in words: a tag beside a URL that repeats it. */
export function repeatedBeside(
  text: string,
  reference: TextRange,
  writing: Writing,
  isSame: (value: string) => boolean,
): readonly TextRange[] {
  return [...keysBeside(text, reference, writing), ...assignedNextTo(text, reference)].filter(
    ({ start, end }) => (end <= reference.start || start >= reference.end) && isSame(text.slice(start, end)),
  )
}

/** Whether the reference is fetched where it stands, and not only mentioned; with what stands before a version that is put in. */
export function fetchedAt(
  text: string,
  reference: TextRange,
  writing: Writing,
): { readonly at: number; readonly before: string } | undefined {
  const command = commandAround(text, reference)
  const clone = /\bclone\b|\bsubmodule\s+add\b/.exec(text.slice(command.start, reference.start))
  if (clone) return { at: command.start + clone.index + clone[0].length, before: ' --branch ' }
  if (/\bgit\+(?:https?|ssh):\/\/(?:git@)?$/.test(text.slice(command.start, reference.start)))
    return { at: reference.end, before: '@' }
  if (!writing.isYaml) return undefined
  const line = lineAround(text, reference)
  const key = FETCHING_KEY.exec(text.slice(line.start, line.end))
  if (!key) return undefined
  if (key[2] !== 'repo' && key[2] !== 'src' && !isCollectionAt(text, reference, writing)) return undefined
  const ending = text.startsWith('\r', line.end - 1) ? '\r\n' : '\n'
  const indent = ' '.repeat((key[1] ?? '').length)
  return { at: line.end - ending.length + 1, before: `${ending}${indent}version: ` }
}

const FETCHING_KEY = /^(\s*(?:-\s+)?)["']?(name|src|source|repo)["']?\s*:\s/

/** Whether it is an entry of the collections that `ansible-galaxy` installs: by its name, or by a repository that is one. */
export function isCollectionAt(text: string, reference: TextRange, { isYaml }: Writing): boolean {
  if (!isYaml) return false
  const line = lineAround(text, reference)
  const key = FETCHING_KEY.exec(text.slice(line.start, line.end))?.[2]
  if (key !== 'name' && key !== 'source') return false
  if (text.slice(reference.start, reference.end) === 'kubernetes_sigs.kubespray') return true
  return siblingsOf(text, reference).some(
    ({ name, value }) => (name === 'type' && value === 'git') || value === 'kubernetes_sigs.kubespray',
  )
}

/** `-b v2.28.0`, `--branch=v2.28.0`, in a list of arguments as well; `branch: 'v2.28.0'` of one call. */
function flagsIn(text: string, command: TextRange): readonly TextRange[] {
  const words = text.slice(command.start, command.end)
  const found: TextRange[] = []
  const add = (offset: number, isSure: boolean): void => {
    const range = expressionAt(text, command.start + offset)
    const value = text.slice(range.start, range.end)
    if (range.end > range.start && (isSure || looksLikeVersion(value))) found.push(range)
  }
  if (/\bclone\b|\bsubmodule\b/.test(words))
    for (const match of words.matchAll(/(?<=^|[\s"',[])(?:-b|--branch)(?:["']\s*,\s*["']|\s*=\s*|\s+)["']?/g))
      add(match.index + match[0].length, true)
  for (const match of words.matchAll(
    /\b(?:branch|branches|tag|ref|rev|revision|version)["']?\s*[:=]\s*(?:\[\[name:\s*)?["']/g,
  ))
    add(match.index + match[0].length, false)
  return found
}

/** What is checked out after a clone, as far as the next clone, which is of something else. */
function checkoutsAfter(text: string, command: TextRange): readonly TextRange[] {
  if (
    !/\bclone\b|\bremote\s+(?:add|set-url)\b|\bsubmodule\s+add\b/.test(text.slice(command.start, command.end))
  )
    return []
  const after = text.slice(command.end, command.end + FARTHEST_CHECKOUT)
  const next = /\bgit\s+(?:-\S+\s+)*clone\b/.exec(after)
  const found: TextRange[] = []
  for (const range of checkoutsIn(text, command.end, command.end + (next?.index ?? after.length))) {
    const value = text.slice(range.start, range.end)
    const isNear = !text.slice(command.end, range.start).includes('\n\n')
    const expression = readExpression(value)
    if (expression.kind === 'variable' || looksLikeRelease(value) || readOid(value) !== undefined)
      found.push(range)
    else if (isUpstreamBranch(value) && isNear) found.push(range)
  }
  return found
}

/** A script's function, or a target of a Makefile; nobody checks out what was cloned a page above. */
const FARTHEST_CHECKOUT = 1500

/** `git checkout X`, `git -C folder switch --detach X`, `git reset --hard X`, `git fetch origin tag X`. */
export function* checkoutsIn(text: string, from: number, to: number): Generator<TextRange> {
  const words = text.slice(from, to)
  for (const match of words.matchAll(
    /\bgit\s+(?:-C\s+\S+\s+)?(?:(?:checkout|switch|reset)|fetch\s+(?:-\S+\s+(?:\d+\s+)?)*\w+(?:\s+tag)?)(?:\s+-(?:b|B|c|C)\s+\S+|\s+-[\w=-]+)*\s+["']?/g,
  )) {
    const range = expressionAt(text, from + match.index + match[0].length)
    if (range.end > range.start && range.end <= to) yield range
  }
}

function keysBeside(text: string, reference: TextRange, { isYaml, hasGroups }: Writing): readonly Keyed[] {
  const beside = isYaml ? siblingsOf(text, reference) : []
  if (beside.length > 0) return beside
  const group = hasGroups || isYaml ? bracketsAround(text, reference) : undefined
  return group ? keyed(text, group) : []
}

/** The one that is the version: by its key, else the only one that is a release of Kubespray's by its value. */
function oneOf(keys: readonly (Keyed & { readonly value?: string })[]): TextRange | undefined {
  const usable = keys.filter(({ value = '' }) => value !== '')
  const may = (value: string): boolean =>
    looksLikeVersion(value) || readExpression(value).kind === 'variable' || !/^v?\d+(?:\.\d+)*$/.test(value)
  const named =
    usable.find(({ name, value = '' }) => IS_VERSION.test(name) && may(value)) ??
    usable.find(({ name, value = '' }) => IS_KUBESPRAYS.test(name) && may(value))
  if (named) return named
  const byValue = usable.filter(({ value = '' }) => looksLikeRelease(value) || readOid(value) !== undefined)
  return byValue.length === 1 ? byValue[0] : undefined
}

const IS_VERSION =
  /^(?:version|ref|tag|branch|revision|rev|commit|checkout|git_?ref|target_?revision|new_?tag|image_?tag|git_(?:branch|tag|version|commit))$/i
const IS_KUBESPRAYS =
  /^(?:(?!kubespray|kargo).)*(?:kubespray|kargo).*(?:version|tag|ref|branch|commit|release|revision)/i

function releasesIn(text: string, line: TextRange): readonly TextRange[] {
  const found = [
    ...text.slice(line.start, line.end).matchAll(/(?<![\w./-])v?2\.\d{1,2}\.\d{1,2}(?![\w-]|\.\d)/g),
  ]
  return found.length === 1
    ? found.map(({ index, 0: value }) => ({
        start: line.start + index,
        end: line.start + index + value.length,
      }))
    : []
}

/** Renovate's comment above a line says what that line's version is of. */
function nextToComment(text: string, reference: TextRange): readonly TextRange[] | undefined {
  const line = lineAround(text, reference)
  if (!/^\s*(?:#|\/\/|\{#).*\b(?:renovate|datasource|depName)\b/.test(text.slice(line.start, line.end)))
    return undefined
  const next = lineAround(text, { start: line.end + 1, end: line.end + 1 })
  const releases = releasesIn(text, next)
  if (releases.length > 0) return releases
  const commit = /\b[0-9a-f]{40}\b/.exec(text.slice(next.start, next.end))
  return commit
    ? [{ start: next.start + commit.index, end: next.start + commit.index + commit[0].length }]
    : undefined
}

/** Values that are assigned right above or below the line that assigns the reference, without an empty line between. */
function assignedNextTo(text: string, reference: TextRange): readonly Keyed[] {
  const line = lineAround(text, reference)
  const own = ASSIGNED.exec(text.slice(line.start, line.end))
  if (!own || line.start + own[0].length > reference.start + 1) return []
  const found: Keyed[] = []
  for (const step of [-1, 1]) {
    let at = line
    for (let count = 0; count < 3; count++) {
      const place = step < 0 ? at.start - 1 : at.end + 1
      if (place < 0 || place > text.length) break
      at = lineAround(text, { start: place, end: place })
      const pair = ASSIGNED.exec(text.slice(at.start, at.end))
      if (!pair) break
      const range = expressionAt(text, at.start + pair[0].length)
      found.push({ name: pair[1] ?? '', ...range, value: text.slice(range.start, range.end) })
    }
  }
  // Of variables only those count that are a version by themselves: the next line may be about something else.
  return found.filter(({ value }) => looksLikeRelease(value) || readOid(value) !== undefined)
}

const ASSIGNED =
  /^\s*(?:export\s+|ARG\s+|ENV\s+|local\s+|readonly\s+|-\s+)?["']?([A-Za-z_][\w.-]*)["']?\s*(?::=|\?=|=|:)\s*["']?/

function listOf(range: TextRange | undefined): readonly TextRange[] {
  return range ? [range] : []
}
