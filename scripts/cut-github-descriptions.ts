/**
 * Cuts what the stand-in GitHub needs out of GitHub's own descriptions, which are far too big to depend on:
 *   npm pack @octokit/openapi@23 @octokit/graphql-schema@15 @octokit/webhooks-examples@7   (each unpacked into a folder)
 *   npx tsx scripts/cut-github-descriptions.ts <openapi folder> <graphql-schema folder> <webhooks-examples folder>
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Json = Record<string, unknown>

const OPERATIONS = new Set([
  ...[
    'apps/get-authenticated',
    'apps/list-installations',
    'apps/get-installation',
    'apps/get-repo-installation',
    'apps/create-from-manifest',
  ],
  ...['apps/create-installation-access-token', 'apps/list-repos-accessible-to-installation'],
  ...['checks/create', 'checks/update', 'checks/get', 'checks/list-for-ref', 'checks/list-annotations'],
  ...[
    'git/create-blob',
    'git/get-blob',
    'git/create-tree',
    'git/get-tree',
    'git/create-commit',
    'git/get-commit',
  ],
  ...[
    'git/create-ref',
    'git/update-ref',
    'git/delete-ref',
    'git/get-ref',
    'git/list-matching-refs',
    'git/get-tag',
  ],
  ...['issues/list-for-repo', 'issues/get', 'issues/create', 'issues/update', 'issues/list-comments'],
  ...['issues/get-comment', 'issues/create-comment', 'issues/update-comment', 'issues/add-labels'],
  ...[
    'issues/remove-label',
    'issues/list-labels-on-issue',
    'issues/create-label',
    'issues/list-labels-for-repo',
  ],
  ...['pulls/list', 'pulls/get', 'pulls/create', 'pulls/update', 'pulls/merge', 'pulls/list-files'],
  ...['pulls/list-commits', 'pulls/request-reviewers', 'issues/add-assignees', 'rate-limit/get'],
  ...['pulls/list-review-comments', 'pulls/create-review-comment'],
  ...['reactions/create-for-issue-comment', 'reactions/list-for-issue-comment'],
  ...['repos/get', 'repos/get-branch', 'repos/compare-commits-with-basehead', 'repos/list-commits'],
  ...['repos/get-commit', 'repos/get-content', 'repos/list-tags', 'repos/list-releases'],
  ...['repos/get-release-by-tag', 'repos/get-collaborator-permission-level'],
])

const GRAPHQL: Readonly<Record<string, readonly string[]>> = {
  Query: ['repository'],
  Repository: [
    ...[
      'id',
      'object',
      'ref',
      'refs',
      'defaultBranchRef',
      'name',
      'owner',
      'parent',
      'isArchived',
      'isPrivate',
    ],
    ...['hasIssuesEnabled', 'pullRequests', 'issues', 'pullRequest', 'issueOrPullRequest'],
  ],
  RepositoryOwner: ['login'],
  PullRequestConnection: ['nodes', 'pageInfo'],
  IssueConnection: ['nodes', 'pageInfo'],
  IssueOrPullRequest: [],
  Issue: ['number', 'title', 'body', 'state', 'author', 'labels', 'url', 'updatedAt', 'comments', 'editor'],
  IssueCommentConnection: ['nodes', 'pageInfo', 'totalCount'],
  IssueComment: ['databaseId', 'body', 'url', 'author', 'lastEditedAt', 'reactionGroups'],
  ReactionGroup: ['content', 'reactors'],
  ReactorConnection: ['totalCount'],
  IssueOrder: ['field', 'direction'],
  LabelConnection: ['nodes'],
  Label: ['name'],
  Actor: ['login'],
  RefConnection: ['nodes', 'pageInfo'],
  Ref: ['name', 'prefix', 'target'],
  PageInfo: ['hasNextPage', 'endCursor'],
  GitObject: ['oid'],
  Commit: ['oid', 'message', 'parents', 'tree', 'author', 'committer', 'history', 'file'],
  CommitConnection: ['nodes', 'pageInfo'],
  CommitHistoryConnection: ['nodes', 'pageInfo'],
  GitActor: ['name', 'email', 'date'],
  Tree: ['oid', 'entries'],
  TreeEntry: ['name', 'mode', 'type', 'oid', 'object'],
  Blob: ['oid', 'text', 'isBinary', 'isTruncated', 'byteSize'],
  Tag: ['oid', 'target'],
  Mutation: ['updateRefs', 'convertPullRequestToDraft', 'markPullRequestReadyForReview'],
  UpdateRefsInput: ['repositoryId', 'refUpdates', 'clientMutationId'],
  RefUpdate: ['name', 'beforeOid', 'afterOid', 'force'],
  UpdateRefsPayload: ['clientMutationId'],
  ConvertPullRequestToDraftInput: ['pullRequestId', 'clientMutationId'],
  ConvertPullRequestToDraftPayload: ['clientMutationId', 'pullRequest'],
  MarkPullRequestReadyForReviewInput: ['pullRequestId', 'clientMutationId'],
  MarkPullRequestReadyForReviewPayload: ['clientMutationId', 'pullRequest'],
  PullRequest: [
    ...['id', 'isDraft', 'number', 'title', 'body', 'state', 'author', 'labels', 'url', 'updatedAt'],
    ...['headRefName', 'headRefOid', 'headRepository', 'baseRefName', 'baseRefOid', 'comments'],
  ],
}

const ENUMS = ['ReactionContent', 'IssueOrderField', 'OrderDirection', 'PullRequestState', 'IssueState']

/** Event, action and which of its examples to keep (the first that fits). */
const WEBHOOKS = [
  ...['installation created', 'installation deleted', 'installation suspend', 'installation unsuspend'],
  ...[
    'installation new_permissions_accepted',
    'installation_repositories added',
    'installation_repositories removed',
  ],
  ...[
    'push',
    'pull_request opened',
    'pull_request closed',
    'pull_request synchronize',
    'pull_request reopened',
  ],
  ...['issue_comment created', 'issue_comment edited', 'check_run rerequested', 'check_run requested_action'],
  ...['issues edited', 'ping'],
]

const [openapiFolder, graphqlFolder, examplesFolder] = process.argv.slice(2)
if (!openapiFolder || !graphqlFolder || !examplesFolder)
  throw new Error('three folders, as the head of this file says')

write(
  'openapi/github-subset.json',
  cutOpenApi(readJson(join(openapiFolder, 'generated/api.github.com.json'))),
)
write('openapi/graphql-subset.json', cutGraphql(readJson(join(graphqlFolder, 'schema.json'))))
for (const wanted of WEBHOOKS)
  writeWebhook(wanted, readJson(join(examplesFolder, 'api.github.com/index.json')))

function cutOpenApi(whole: Json): Json {
  const paths: Record<string, Json> = {}
  for (const [path, methods] of Object.entries(whole.paths as Record<string, Record<string, Json>>)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!OPERATIONS.has(operation.operationId as string)) continue
      const { operationId, parameters, requestBody, responses } = withoutProse(operation) as Json
      const notifies = (operation['x-github'] as Json | undefined)?.triggersNotification === true
      paths[path] = {
        ...paths[path],
        [method]: {
          operationId,
          ...(notifies && { 'x-notifies': true }),
          parameters,
          requestBody,
          responses,
        },
      }
    }
  }
  const components: Record<string, Json> = {}
  const open: unknown[] = [paths]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const reference of JSON.stringify(next).matchAll(/"\$ref":"#\/components\/([^/"]+)\/([^"]+)"/g)) {
      const [, kind, name] = reference as unknown as [string, string, string]
      const group = (components[kind] ??= {})
      if (name in group || kind === 'examples') continue
      group[name] = withoutProse((whole.components as Record<string, Json>)[kind]?.[name])
      open.push(group[name])
    }
  }
  return { openapi: whole.openapi, info: { title: 'A part of GitHub’s REST API' }, paths, components }
}

/** Drops what no check reads: words for people, examples, links. A property that happens to have such a name stays. */
function withoutProse(value: unknown, insideProperties = false): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutProse(each))
  if (typeof value !== 'object' || value === null) return value
  const kept: Json = {}
  for (const [key, inner] of Object.entries(value)) {
    const isProse = /^(description|summary|example|examples|externalDocs|title|deprecated|tags|x-.*)$/.test(
      key,
    )
    if (insideProperties || !isProse)
      kept[key] = withoutProse(inner, !insideProperties && key === 'properties')
  }
  return kept
}

interface GraphqlType {
  readonly kind: string
  readonly name: string | null
  readonly ofType?: GraphqlType
}
interface GraphqlField {
  readonly name: string
  readonly type: GraphqlType
  readonly args?: readonly GraphqlField[]
}

function cutGraphql(whole: Json): Json {
  const schema = ((whole.data ?? whole) as Json).__schema as Json
  const types: Record<string, Json> = {}
  for (const type of schema.types as (Json & { name: string })[]) {
    if (ENUMS.includes(type.name)) {
      const values = (type.enumValues as { name: string }[]).map(({ name }) => name)
      types[type.name] = { kind: type.kind, fields: {}, values }
    }
    const wanted = GRAPHQL[type.name]
    if (!wanted) continue
    const fields = ((type.fields ?? type.inputFields ?? []) as GraphqlField[]).filter((each) =>
      wanted.includes(each.name),
    )
    const missing = wanted.filter((name) => !fields.some((each) => each.name === name))
    if (missing.length) throw new Error(`${type.name} has no ${missing.join(', ')}`)
    types[type.name] = {
      kind: type.kind,
      fields: Object.fromEntries(
        fields.map(({ name, type: of, args }) => [name, { type: nameOf(of), ...argsOf(args) }]),
      ),
    }
  }
  return types
}

function argsOf(args: readonly GraphqlField[] = []): Json {
  return args.length ? { args: Object.fromEntries(args.map(({ name, type }) => [name, nameOf(type)])) } : {}
}

function nameOf(type: GraphqlType): string {
  if (type.kind === 'NON_NULL') return `${nameOf(type.ofType as GraphqlType)}!`
  if (type.kind === 'LIST') return `[${nameOf(type.ofType as GraphqlType)}]`
  return type.name as string
}

function writeWebhook(wanted: string, index: unknown): void {
  const [event, action] = wanted.split(' ') as [string, string | undefined]
  const groups = index as { name: string; examples: Json[] }[]
  const examples = groups.find((group) => group.name === event)?.examples ?? []
  const example = examples.find((each) => each.action === action)
  if (!example) throw new Error(`no example of ${wanted}`)
  write(`webhooks/${wanted.replace(' ', '.')}.json`, withoutLinks(example))
}

/** Drops the addresses of API resources, three quarters of a payload, which nobody reads; `html_url` and `clone_url` stay. */
function withoutLinks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLinks)
  if (typeof value !== 'object' || value === null) return value
  const isLink = (key: string) => /(^|_)url$/.test(key) && !/^(html|clone)_url$/.test(key)
  const kept = Object.entries(value).filter(([key]) => !isLink(key) && key !== '_links')
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutLinks(inner)]))
}

function readJson(file: string): Json {
  return JSON.parse(readFileSync(file, 'utf8')) as Json
}

function write(file: string, value: unknown): void {
  const target = join('fixtures', file)
  mkdirSync(join(target, '..'), { recursive: true })
  writeFileSync(target, `${JSON.stringify(value, undefined, file.startsWith('webhooks') ? 2 : undefined)}\n`)
}
