import { createHash } from 'node:crypto'
import type { PlainMap, PlainValue } from '../yaml/values/plain-value.ts'
import { PythonNumber } from '../yaml/values/python-number.ts'
import type { SampleVariable, Variable } from './catalogue.ts'
import type { ReleaseFiles } from './release-files.ts'

/**
 * Longer defaults are kept by their hash: a catalogue is cached, and nobody compares a hundred checksums by
 * eye.
 */
const LONGEST_VALUE = 240

/** Every variable that a role defines, with its place and its default. */
export function roleVariables(files: ReleaseFiles): readonly Variable[] {
  return files.layout.roleVariables.flatMap((path) => variablesIn(files, path))
}

/** Every variable that the sample inventory sets or shows commented out. */
export function sampleVariables(files: ReleaseFiles): readonly SampleVariable[] {
  return files.layout.sampleVariables.flatMap((path) => {
    const set = variablesIn(files, path).map((each) => ({ ...each, commented: false }))
    const names = new Set(set.map(({ name }) => name))
    return [...set, ...commentedIn(files.text(path), path).filter(({ name }) => !names.has(name))]
  })
}

/** A value as one line. */
export function valueText(value: PlainValue): string {
  const isText = typeof value === 'string' || value instanceof PythonNumber
  const text = isText ? String(value) : (JSON.stringify(jsonOf(value)) ?? 'null')
  if (text.length <= LONGEST_VALUE) return text
  const hash = createHash('sha1').update(text).digest('hex').slice(0, 12)
  return `${text.slice(0, 60)}… (${text.length} characters, ${hash})`
}

function variablesIn(files: ReleaseFiles, path: string): readonly Variable[] {
  const { values, lines } = files.values(path)
  return [...values].map(([name, value]) => ({
    name,
    path,
    line: lines.get(name) ?? 1,
    value: valueText(value),
  }))
}

/** `# name: value` at the start of a line. */
function commentedIn(text: string, path: string): readonly SampleVariable[] {
  const found = new Map<string, SampleVariable>()
  for (const [index, line] of text.split('\n').entries()) {
    const match = /^#+ ?(?<name>[a-z][a-z0-9_]*):(?:\s(?<value>.*))?$/s.exec(line)?.groups
    const name = match?.['name']
    const value = match?.['value']?.trim() ?? ''
    if (name === undefined || found.has(name) || isSentence(name, value)) continue
    found.set(name, { name, path, line: index + 1, value, commented: true })
  }
  return [...found.values()]
}

/** `# note: this is …` looks like a setting; names of one word do not go with several words. */
function isSentence(name: string, value: string): boolean {
  return !name.includes('_') && /\w \w/.test(value)
}

function jsonOf(value: PlainValue): unknown {
  if (value === undefined) return null
  if (value instanceof Map)
    return Object.fromEntries([...(value as PlainMap)].map(([key, each]) => [key, jsonOf(each)]))
  return Array.isArray(value) ? value.map(jsonOf) : value
}
