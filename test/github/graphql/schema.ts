import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Document, Field, Selection, Value } from './parse.ts'

interface SchemaField {
  readonly type: string
  readonly args?: Readonly<Record<string, string>>
}

interface SchemaType {
  readonly kind: string
  readonly fields: Readonly<Record<string, SchemaField>>
  /** Only for an enumeration. */
  readonly values?: readonly string[]
}

const FILE = join(import.meta.dirname, '../../../fixtures/openapi/graphql-subset.json')
const TYPES = JSON.parse(readFileSync(FILE, 'utf8')) as Readonly<Record<string, SchemaType>>
const SCALARS =
  /^(String|Int|Boolean|ID|URI|GitObjectID|GitTimestamp|GitRefname|CommitAuthor|PullRequestState|IssueState|DateTime|ReactionContent)$/
/** What GitHub's `object` and `issueOrPullRequest` may turn out to be. */
const MAY_BE: Readonly<Record<string, readonly string[]>> = {
  GitObject: ['Commit', 'Tree', 'Blob', 'Tag'],
  IssueOrPullRequest: ['Issue', 'PullRequest'],
}

/** What is wrong with a document by GitHub's schema, in its words; empty if nothing. */
export function wrongInDocument(document: Document): string[] {
  const wrong: string[] = []
  const root = document.operation === 'query' ? 'Query' : 'Mutation'
  checkSelections(root, document.selections, { document, wrong })
  return wrong
}

/** A field's type without `!` and `[]`. */
export function bareType(type: string): string {
  return type.replace(/[[\]!]/g, '')
}

export function fieldOf(type: string, name: string): SchemaField | undefined {
  return TYPES[type]?.fields[name]
}

interface Check {
  readonly document: Document
  readonly wrong: string[]
}

function checkSelections(type: string, selections: readonly Selection[], check: Check): void {
  for (const selection of selections) {
    if (selection.kind === 'fragment') {
      const fits = selection.on === type || MAY_BE[type]?.includes(selection.on)
      if (!fits) check.wrong.push(`Fragment on ${selection.on} can't be spread inside ${type}`)
      else checkSelections(selection.on, selection.selections, check)
    } else if (selection.name !== '__typename') checkField(type, selection, check)
  }
}

function checkField(type: string, field: Field, check: Check): void {
  const known = fieldOf(type, field.name)
  if (!known) {
    check.wrong.push(`Field '${field.name}' doesn't exist on type '${type}'`)
    return
  }
  const args = known.args ?? {}
  for (const [name, value] of Object.entries(field.args)) {
    const wanted = args[name]
    if (wanted === undefined) check.wrong.push(`Field '${field.name}' doesn't accept argument '${name}'`)
    else checkValue(value, wanted, { ...check, at: `${field.name}.${name}` })
  }
  for (const [name, wanted] of Object.entries(args))
    if (wanted.endsWith('!') && !(name in field.args))
      check.wrong.push(`Field '${field.name}' is missing required arguments: ${name}`)
  const of = bareType(known.type)
  if (SCALARS.test(of)) {
    if (field.selections.length)
      check.wrong.push(`Selections can't be made on scalars (field '${field.name}')`)
  } else if (field.selections.length === 0)
    check.wrong.push(`Field must have selections (field '${field.name}' returns ${of} but has no selections)`)
  else checkSelections(of, field.selections, check)
}

function checkValue(value: Value, wanted: string, check: Check & { readonly at: string }): void {
  const { at, wrong, document } = check
  if (value.kind === 'variable') {
    const declared = document.variables[value.name]
    if (declared === undefined) wrong.push(`Variable $${value.name} is used but not declared`)
    else if (declared.replace(/!$/, '') !== wanted.replace(/!$/, ''))
      wrong.push(`Type mismatch on variable $${value.name} and argument ${at} (${declared} / ${wanted})`)
    return
  }
  if (value.kind === 'list') {
    const inner = /^\[(.*)\]!?$/.exec(wanted)?.[1]
    if (inner === undefined) wrong.push(`Argument ${at} has an invalid value (a list)`)
    else for (const item of value.items) checkValue(item, inner, check)
    return
  }
  if (value.kind === 'object') {
    const type = TYPES[bareType(wanted)]
    for (const [name, inner] of Object.entries(value.fields)) {
      const field = type?.fields[name]
      if (!field) wrong.push(`InputObject '${bareType(wanted)}' doesn't accept argument '${name}'`)
      else checkValue(inner, field.type, { ...check, at: `${at}.${name}` })
    }
    return
  }
  const values = TYPES[bareType(wanted)]?.values
  if (values !== undefined || value.kind === 'enum') {
    if (value.kind !== 'enum' || !values?.includes(value.value))
      wrong.push(`Argument ${at} has an invalid value (${String(value.value)}). Expected type '${wanted}'.`)
    return
  }
  const kind = { Int: 'number', Boolean: 'boolean' }[bareType(wanted)] ?? 'string'
  if (value.value === null ? wanted.endsWith('!') : typeof value.value !== kind)
    wrong.push(
      `Argument ${at} has an invalid value (${JSON.stringify(value.value)}). Expected type '${wanted}'.`,
    )
}

/** What is wrong with the value of a variable, by the type it was declared with. */
export function wrongInVariable(value: unknown, type: string): string | undefined {
  if (value === undefined || value === null)
    return type.endsWith('!') ? 'Expected value to not be null' : undefined
  const list = /^\[(.*)\]!?$/.exec(type)?.[1]
  if (list !== undefined) {
    if (!Array.isArray(value)) return 'Expected a list'
    return value.map((each) => wrongInVariable(each, list)).find(Boolean)
  }
  const input = TYPES[bareType(type)]
  if (input?.kind === 'INPUT_OBJECT') {
    const given = value as Record<string, unknown>
    const unknown = Object.keys(given).find((name) => !(name in input.fields))
    if (unknown) return `Field is not defined on ${bareType(type)}: ${unknown}`
    return Object.entries(input.fields)
      .map(([name, field]) => wrongInVariable(given[name], field.type))
      .find(Boolean)
  }
  if (bareType(type) === 'GitObjectID' && !(typeof value === 'string' && /^[0-9a-f]{40}$/.test(value)))
    return 'is not a GitObjectID'
  const kind = { Int: 'number', Boolean: 'boolean' }[bareType(type)] ?? 'string'
  return typeof value === kind
    ? undefined
    : `Could not coerce value ${JSON.stringify(value)} to ${bareType(type)}`
}
