import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'

export type Json = Record<string, unknown>

export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  /** GitHub's own mark of what its limit on content creation counts. */
  readonly notifies: boolean
}

export interface Route {
  readonly operation: Operation
  readonly params: Readonly<Record<string, string>>
}

interface Written {
  readonly paths: Record<string, Record<string, Json & { operationId: string; 'x-notifies'?: boolean }>>
  readonly components: Record<string, Record<string, Json>>
}

const FILE = join(import.meta.dirname, '../../fixtures/openapi/github-subset.json')
const description = JSON.parse(readFileSync(FILE, 'utf8')) as Written
rewriteNullable(description)
const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: true })
// ajv-formats is CommonJS, so its default export sits one level deeper for TypeScript than at run time.
const formats = addFormats as unknown as (to: Ajv) => void
formats(ajv)
ajv.addFormat('repo.nwo', /^[^/]+\/[^/]+$/)
ajv.addSchema(description, 'github')
const validators = new Map<string, ValidateFunction | undefined>()

const operations = Object.entries(description.paths)
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, written]) => ({
      operation: {
        id: written.operationId,
        method: method.toUpperCase(),
        path,
        notifies: written['x-notifies'] === true,
      },
      pattern: patternOf(path),
    })),
  )
  // `/commits/{ref}/check-runs` before `/commits/{ref}`: the more words of its own, the earlier.
  .sort((a, b) => wordsOf(b.operation.path) - wordsOf(a.operation.path))

/** The operation a request asks for, as GitHub's description names it. */
export function findRoute(method: string, path: string): Route | undefined {
  for (const { operation, pattern } of operations) {
    if (operation.method !== method) continue
    const match = pattern.exec(path)
    if (!match) continue
    const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map((each) => each[1] as string)
    const params = names.map((name, index) => [name, decodeURIComponent(match[index + 1] as string)])
    return { operation, params: Object.fromEntries(params) as Record<string, string> }
  }
  return undefined
}

/** What is wrong with a request's body by the description, `undefined` if nothing. */
export function wrongInRequest({ method, path }: Operation, body: unknown): string | undefined {
  return wrong(
    ['paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'],
    body,
  )
}

/** What is wrong with an answer. A status that is not described cannot be wrong: many 401 and 404 are not. */
export function wrongInAnswer(
  { method, path }: Operation,
  status: number,
  body: unknown,
): string | undefined {
  const place = answerPlace({ method, path }, status)
  return place && wrong(place, body)
}

/**
 * The value with every required property that it lacks filled in from the description, empty: what a program under
 * test does not read (addresses, counts) need not be made up by hand.
 */
export function filled(
  operation: Pick<Operation, 'method' | 'path'>,
  status: number,
  value: unknown,
): unknown {
  const place = answerPlace(operation, status)
  const schema = place && at(place)
  return schema ? fill(schema, value) : value
}

function answerPlace(
  { method, path }: Pick<Operation, 'method' | 'path'>,
  status: number,
): string[] | undefined {
  const place = ['paths', path, method.toLowerCase(), 'responses', String(status)]
  const response = at(place)
  const reference = response?.$ref as string | undefined
  const base = reference ? reference.slice(2).split('/') : place
  const schema = [...base, 'content', 'application/json', 'schema']
  return at(schema) ? schema : undefined
}

function wrong(place: readonly string[], value: unknown): string | undefined {
  const pointer = place.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')
  if (!validators.has(pointer))
    validators.set(pointer, at(place) && ajv.compile({ $ref: `github#/${encodeURI(pointer)}` }))
  const validate = validators.get(pointer)
  if (!validate || validate(value)) return undefined
  return ajv.errorsText(validate.errors, { dataVar: place.includes('requestBody') ? 'request' : 'answer' })
}

function at(place: readonly string[]): Json | undefined {
  let value: unknown = description
  for (const part of place) value = (value as Json | undefined)?.[part]
  return value as Json | undefined
}

function fill(schema: Json, value: unknown): unknown {
  if (typeof schema.$ref === 'string') return fill(at(schema.$ref.slice(2).split('/')) as Json, value)
  if (Array.isArray(schema.allOf))
    return (schema.allOf as Json[]).reduce<unknown>((filledSoFar, each) => fill(each, filledSoFar), value)
  const choices = (schema.anyOf ?? schema.oneOf) as Json[] | undefined
  if (choices) {
    if (value === null) return value
    return value === undefined && isNullable(schema) ? null : fill(choices[0] as Json, value)
  }
  if (value === undefined) return isNullable(schema) ? null : emptyOf(schema)
  if (Array.isArray(value))
    return schema.items ? value.map((each) => fill(schema.items as Json, each)) : value
  return typeof value === 'object' && value !== null ? fillProperties(schema, value as Json) : value
}

function fillProperties(schema: Json, value: Json): Json {
  const properties = (schema.properties ?? {}) as Record<string, Json>
  const full: Json = { ...value }
  for (const [name, inner] of Object.entries(properties)) {
    const isWanted = (schema.required as string[] | undefined)?.includes(name) ?? false
    if (full[name] === undefined && !isWanted) delete full[name]
    else full[name] = fill(inner, full[name])
  }
  return full
}

function isNullable(schema: Json): boolean {
  const choices = (schema.anyOf ?? schema.oneOf) as Json[] | undefined
  return schema.nullable === true || (choices?.some((each) => each.type === 'null') ?? false)
}

function emptyOf(schema: Json): unknown {
  if (Array.isArray(schema.enum)) return schema.enum[0]
  if (schema.type === 'string') {
    if (schema.format === 'uri') return 'https://api.github.example/unused'
    return schema.format === 'date-time' ? '2024-01-01T00:00:00Z' : ''
  }
  if (schema.type === 'integer' || schema.type === 'number') return 0
  if (schema.type === 'boolean') return false
  if (schema.type === 'array') return []
  return fillProperties(schema, {})
}

/** OpenAPI 3.0 says `nullable`, JSON Schema does not know it beside a reference or an enumeration. */
function rewriteNullable(node: unknown): void {
  if (typeof node !== 'object' || node === null) return
  for (const inner of Object.values(node)) rewriteNullable(inner)
  const schema = node as Json
  if (schema.nullable !== true) return
  if (Array.isArray(schema.enum) && !schema.enum.includes(null)) schema.enum.push(null)
  if (schema.type !== undefined) return
  const rest = Object.fromEntries<unknown>(Object.entries(schema).filter(([key]) => key !== 'nullable'))
  for (const key of Object.keys(schema)) delete schema[key]
  const choices = (rest.anyOf ?? rest.oneOf ?? [rest]) as Json[]
  schema.anyOf = [...choices, { type: 'null' }]
}

/** A parameter that names a ref, a path or two refs may hold slashes. */
function patternOf(path: string): RegExp {
  const source = path
    .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
    .replace(/\{(ref|path|basehead|branch)\}/g, '(.+)')
    .replace(/\{\w+\}/g, '([^/]+)')
  return new RegExp(`^${source}$`)
}

function wordsOf(path: string): number {
  return path.split('/').filter((part) => part && !part.startsWith('{')).length
}
