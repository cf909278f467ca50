import { Failure, type Reply } from '../call.ts'
import { ParseError, parseGraphql, type Document, type Field, type Selection, type Value } from './parse.ts'
import { resolveField, loadAhead, type GraphqlContext, type Node } from './resolve.ts'
import { bareType, fieldOf, wrongInDocument, wrongInVariable } from './schema.ts'

interface GraphqlError {
  readonly message: string
  readonly type?: string
  readonly path?: readonly (string | number)[]
}

interface Run {
  readonly context: GraphqlContext
  readonly document: Document
  readonly variables: Readonly<Record<string, unknown>>
  readonly errors: GraphqlError[]
  /** How many objects may still be given. */
  left: number
}

/** Answers a GraphQL request: always 200, with what went wrong beside what went well. */
export function executeGraphql(
  context: GraphqlContext,
  body: { query?: unknown; variables?: unknown },
): Reply {
  const failed = (messages: readonly string[]): Reply => ({
    status: 200,
    body: { errors: messages.map((message) => ({ message })) },
  })
  if (typeof body.query !== 'string')
    return failed(['A query attribute must be specified and must be a string.'])
  const variables = (body.variables ?? {}) as Record<string, unknown>
  try {
    const document = parseGraphql(body.query)
    const wrong = [...wrongInDocument(document), ...wrongInVariables(document, variables)]
    if (wrong.length) return failed(wrong)
    const run: Run = { context, document, variables, errors: [], left: context.most ?? Infinity }
    const root = document.operation === 'query' ? 'Query' : 'Mutation'
    const data = select(run, { type: root, value: {} }, { selections: document.selections, path: [] })
    return { status: 200, body: { data, ...(run.errors.length && { errors: run.errors }) } }
  } catch (error) {
    if (error instanceof ParseError) return failed([error.message])
    throw error
  }
}

function wrongInVariables(document: Document, variables: Record<string, unknown>): string[] {
  return Object.entries(document.variables).flatMap(([name, type]) => {
    const wrong = wrongInVariable(variables[name], type)
    return wrong ? [`Variable $${name} of type ${type} was provided invalid value: ${wrong}`] : []
  })
}

interface Place {
  readonly selections: readonly Selection[]
  readonly path: readonly (string | number)[]
}

function select(run: Run, node: Node, { selections, path }: Place): Record<string, unknown> {
  const asked = selections.filter((each): each is Field => each.kind === 'field')
  if (node.type === 'Repository')
    loadAhead(
      run.context,
      node,
      asked.map((field) => argsOf(run, field)),
    )
  const result: Record<string, unknown> = {}
  for (const selection of selections) {
    if (selection.kind === 'fragment') {
      if (selection.on === node.type)
        Object.assign(result, select(run, node, { selections: selection.selections, path }))
    } else if (selection.name === '__typename') result[selection.alias] = node.type
    else
      result[selection.alias] = answerField(run, node, { field: selection, path: [...path, selection.alias] })
  }
  return result
}

function answerField(run: Run, node: Node, { field, path }: { field: Field; path: Place['path'] }): unknown {
  try {
    const value = resolveField(run.context, node, { name: field.name, args: argsOf(run, field) })
    return complete(run, value, { field, path, type: bareType(fieldOf(node.type, field.name)?.type ?? '') })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const types: Record<number, string> = { 403: 'FORBIDDEN', 404: 'NOT_FOUND', 422: 'UNPROCESSABLE' }
    const type = types[error.reply.status]
    run.errors.push({ message: error.message, path, ...(type && { type }) })
    return null
  }
}

function complete(
  run: Run,
  value: unknown,
  at: { field: Field; path: Place['path']; type: string },
): unknown {
  const { field, path, type } = at
  if (value === null || value === undefined) return null
  if (Array.isArray(value))
    return value.map((each, index) => complete(run, each, { ...at, path: [...path, index] }))
  if (field.selections.length === 0) return value
  // An object of git says itself what it is; everything else is what the schema says.
  const { gitType, ownType } = value as { gitType?: string; ownType?: string }
  const own = type === 'GitObject' ? gitType : undefined
  if (COUNTED.has(own ?? ownType ?? type) && --run.left < 0) {
    run.errors.push({
      type: 'RESOURCE_LIMITS_EXCEEDED',
      path,
      message: 'Resource limits for this query exceeded.',
    })
    return null
  }
  return select(
    run,
    { type: own ?? ownType ?? type, value: value as Node['value'] },
    { selections: field.selections, path },
  )
}

/** What a limit on objects counts. */
const COUNTED = new Set(['Commit', 'Tree', 'Blob', 'Tag', 'Ref', 'PullRequest', 'Issue', 'IssueComment'])

function argsOf(run: Run, field: Field): Record<string, unknown> {
  return Object.fromEntries(Object.entries(field.args).map(([name, value]) => [name, plain(run, value)]))
}

function plain(run: Run, value: Value): unknown {
  if (value.kind === 'plain' || value.kind === 'enum') return value.value
  if (value.kind === 'variable') return run.variables[value.name]
  if (value.kind === 'list') return value.items.map((item) => plain(run, item))
  return Object.fromEntries(Object.entries(value.fields).map(([name, inner]) => [name, plain(run, inner)]))
}
