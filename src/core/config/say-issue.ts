import type { $ZodIssue } from 'zod/v4/core'
import { nearest } from '../model/nearest.ts'
import type { ConfigPath } from '../yaml/values/read-config-source.ts'
import { keysAt } from './keys-at.ts'

interface SaidIssue {
  readonly code: 'config-unknown-key' | 'config-wrong-type' | 'config-wrong-value'
  readonly message: string
  readonly path: ConfigPath
  /** What to point at: the key, or what stands behind it. */
  readonly mark: 'key' | 'value'
}

/** Says in a sentence each what the schema found wrong; `root` is the file's value, to say what was written. */
export function sayIssue(issue: $ZodIssue, root: unknown): readonly SaidIssue[] {
  const path = issue.path as ConfigPath
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key))
  if (issue.code === 'invalid_key') return [wrongName(path)]
  const name = nameOf(path)
  const saw = valueAt(root, path)
  const said = (code: SaidIssue['code'], message: string): readonly SaidIssue[] => [
    { code, message: `${name} ${message}`, path, mark: 'value' },
  ]
  if (issue.code === 'invalid_type') return said('config-wrong-type', wrongType(issue.expected, saw))
  if (issue.code === 'invalid_value')
    return said('config-wrong-value', wrongChoice(issue.values.map(String), saw))
  if (issue.code === 'too_small' && issue.origin === 'number')
    return said('config-wrong-value', `is ${show(saw)}; the least I can do with is ${issue.minimum}.`)
  if (issue.code === 'too_big' && issue.origin === 'number')
    return said('config-wrong-value', `is ${show(saw)}; the most I allow is ${issue.maximum}.`)
  if (/^must /.test(issue.message)) return said('config-wrong-value', `is ${show(saw)}; it ${issue.message}.`)
  return said('config-wrong-value', `is ${show(saw)}, which I cannot use: ${issue.message}.`)
}

function unknownKey(path: ConfigPath, key: string): SaidIssue {
  const known = keysAt(path)
  const meant = nearest(key, known)
  const where = path.length > 0 ? ` under ${nameOf(path)}` : ''
  const hint = meant ? `did you mean \`${meant}\`?` : `known are ${list(known)}.`
  return {
    code: 'config-unknown-key',
    message: `I do not know the key \`${key}\`${where}; ${hint}`,
    path: [...path, key],
    mark: 'key',
  }
}

function wrongName(path: ConfigPath): SaidIssue {
  const name = path.at(-1) === '' ? 'The empty text' : show(path.at(-1))
  if (path[0] === 'clusters' && path.length === 2) {
    const message = `${name} is no name for a cluster: it becomes a part of the names of branches, so write letters, digits, dots, \`-\` and \`_\`, at most 40, and none that is the name of a branch of mine such as \`onboarding\`.`
    return { code: 'config-wrong-value', message, path, mark: 'key' }
  }
  const message = `\`${String(path.at(-1))}\` is no name of an add-on: these have lower-case letters, digits and underscores, such as \`ingress_nginx\`.`
  return { code: 'config-wrong-value', message, path, mark: 'key' }
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list, such as `[a, b]`',
  object: 'a mapping of keys and values',
  record: 'a mapping of names and values',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
}

function wrongType(expected: string, saw: unknown): string {
  const wanted = TYPES[expected] ?? expected
  // `max: 1.30` is the number 1.3 in YAML: quoting what we got back would quote the wrong version.
  if (expected === 'string' && typeof saw === 'number')
    return `is a number here; it must be text, so put it in quotes (without them YAML reads \`1.30\` as 1.3).`
  if (expected === 'array' && typeof saw === 'string')
    return `must be a list; write \`[${saw}]\`, in brackets.`
  return `is ${show(saw)}; it must be ${wanted}.`
}

function wrongChoice(choices: readonly string[], saw: unknown): string {
  const meant = typeof saw === 'string' ? nearest(saw, choices) : undefined
  return `is ${show(saw)}; it can be ${list(choices, 'or')}.${meant ? ` Did you mean \`${meant}\`?` : ''}`
}

function valueAt(root: unknown, path: ConfigPath): unknown {
  return path.reduce((value, part) => (value as Record<string | number, unknown> | undefined)?.[part], root)
}

/** `kubernetes.max`, `architectures[1]`, `the file` for the empty path; in code font. */
function nameOf(path: ConfigPath): string {
  if (path.length === 0) return 'This file'
  const dotted = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('')
  return `\`${dotted.replace(/^\./, '')}\``
}

/** What was written, short enough for a sentence. */
function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'a mapping'
  const text = String(value)
  return `\`${(text.length > 60 ? `${text.slice(0, 59)}…` : text).replaceAll('`', "'")}\``
}

function list(words: readonly string[], joint: 'and' | 'or' = 'and'): string {
  const quoted = words.map((word) => `\`${word}\``)
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${joint} ${quoted.at(-1)}`
}
