import type { $ZodIssue } from 'zod/v4/core'
import type { Problem } from '../model/problem.ts'
import { readConfigSource, type ConfigPath, type ConfigSource } from '../yaml/values/read-config-source.ts'
import { sayIssue } from './say-issue.ts'
import { resolveConfig, type RepositoryConfig } from './resolve-config.ts'
import { configSchema } from './config-schema.ts'
import { CONFIG_PATH } from './config-path.ts'
import { checkConfig, type ConfigFacts } from './check-config.ts'

/** A config that says everything there is to say, with comments, has 3 kB; a file beyond this is something else. */
const MAX_BYTES = 100_000

export type ConfigReading =
  | { readonly kind: 'config'; readonly config: RepositoryConfig }
  /** In the order of their lines. */
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }

/** Reads the config's text; what we already know of the world (`facts`) lets the rules check more. */
export function readConfig(text: string, file = CONFIG_PATH, facts: ConfigFacts = {}): ConfigReading {
  if (Buffer.byteLength(text) > MAX_BYTES) return tooLarge(text, file)
  const source = readConfigSource(text)
  if (source.problems.length > 0) return { kind: 'problems', problems: syntaxProblems(source, file) }
  const parsed = configSchema.safeParse(withoutEmpty(source.value ?? {}))
  const problems = parsed.success
    ? checkConfig(parsed.data, facts).map((broken) => placed(source, { ...broken, file }))
    : parsed.error.issues.flatMap((issue) => issueProblems(issue, source, file))
  if (problems.length > 0) return { kind: 'problems', problems: problems.sort(byPlace) }
  return { kind: 'config', config: resolveConfig(parsed.data as NonNullable<typeof parsed.data>) }
}

/** The config of a repository that has no file. */
export function defaultConfig(): RepositoryConfig {
  return resolveConfig(configSchema.parse({}))
}

function tooLarge(text: string, file: string): ConfigReading {
  const size = Math.ceil(Buffer.byteLength(text) / 1000)
  const message = `This file has ${size} kB and I read at most ${MAX_BYTES / 1000}; a full config has about 3.`
  return {
    kind: 'problems',
    problems: [{ code: 'config-too-large', message, at: { file, line: 1, column: 1 } }],
  }
}

/** Our words for what people run into most, where the parser's own are for those who program with it. */
const SYNTAX: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'This key stands in the same mapping twice; keep one of the two.',
  SEVERAL_DOCUMENTS: 'A second document begins here (`---`); a config is one document.',
  TAB_AS_INDENT: 'This line is indented with a tab; YAML wants spaces.',
}

function syntaxProblems(source: ConfigSource, file: string): readonly Problem[] {
  return source.problems.map(({ code, message, line, column }) => ({
    code: 'config-syntax',
    message: SYNTAX[code] ?? `This is not YAML I can read: ${message.replace(/[.:]?$/, '.')}`,
    at: { file, line, column },
  }))
}

/**
 * A key with nothing behind it says nothing: `inventories:` above commented items is left out. The name of a cluster says that there is
 * one.
 */
export function withoutEmpty(value: unknown, path: ConfigPath = []): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const isOfClusters = path.length === 1 && path[0] === 'clusters'
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== null || isOfClusters)
      .map(([key, each]) => [key, withoutEmpty(each ?? {}, [...path, key])]),
  )
}

function issueProblems(issue: $ZodIssue, source: ConfigSource, file: string): readonly Problem[] {
  return sayIssue(issue, source.value).map((said) => placed(source, { ...said, file }))
}

interface Unplaced {
  readonly code: string
  readonly message: string
  readonly path: ConfigPath
  readonly file: string
  readonly mark: 'key' | 'value'
}

function placed(source: ConfigSource, { code, message, path, file, mark }: Unplaced): Problem {
  const place = mark === 'key' ? source.placeOfKey(path) : source.placeOfValue(path)
  return { code, message, at: { file, ...place } }
}

function byPlace(a: Problem, b: Problem): number {
  return (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0)
}
