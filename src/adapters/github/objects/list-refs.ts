import { isOid, type Oid } from '../../../core/model/oid.ts'
import { Refusal } from '../../../core/model/problem.ts'
import type { RefMove } from '../../../ports/object-store.ts'
import { GitHubFailure } from '../api/failure-of.ts'
import { notShown } from '../api/not-shown.ts'
import { findExisting } from './fetch-commits.ts'
import type { RepositoryApi } from '../api/repository-api.ts'
import { askForPage } from '../api/sizes.ts'
import { despiteLag } from './upload-trees.ts'

interface GivenRef {
  readonly prefix: string
  readonly name: string
  readonly target: GivenTarget
}

/** Annotated tags point to another object; tags of tags are rare and not followed further. */
interface GivenTarget {
  readonly __typename: string
  readonly oid: Oid
  readonly target?: { readonly __typename: string; readonly oid: Oid }
}

const TARGET = '{ __typename oid ... on Tag { target { __typename oid } } }'
const REF = `{ prefix name target ${TARGET} }`

/** The refs whose full names begin so. */
export async function listRefs(api: RepositoryApi, prefix: string): Promise<Map<string, Oid>> {
  // GitHub keeps no remotes.
  if (prefix.startsWith('refs/remotes/')) return new Map()
  return /^refs\/(?:heads|tags)\//.test(prefix) ? listCommonRefs(api, prefix) : listOtherRefs(api, prefix)
}

/**
 * Whether GraphQL lists any but branches and tags is written down nowhere; REST does (docs, "List matching references"), all at once.
 */
async function listOtherRefs(api: RepositoryApi, prefix: string): Promise<Map<string, Oid>> {
  const ref = prefix.replace(/^refs\//, '').replace(/\/$/, '')
  try {
    const given = await api.list<GivenOtherRef>('GET /git/matching-refs/{ref}', { ref })
    const commits = given.filter(
      ({ ref: name, object }) => name.startsWith(prefix) && object.type === 'commit',
    )
    return new Map(commits.map(({ ref: name, object }) => [name, object.sha]))
  } catch (error) {
    // One without a commit has no refs either.
    if (error instanceof Refusal && error.problems.some(({ code }) => code === 'repository-empty'))
      return new Map()
    throw error
  }
}

interface GivenOtherRef {
  readonly ref: string
  readonly object: { readonly sha: Oid; readonly type: string }
}

/** Branches or tags, a hundred a request. */
async function listCommonRefs(api: RepositoryApi, prefix: string): Promise<Map<string, Oid>> {
  const refs = new Map<string, Oid>()
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1)
  const query = prefix === folder ? '' : `, query: ${JSON.stringify(prefix.slice(folder.length))}`
  for (let after = ''; ;) {
    const page = await askForPage(api.sizes, 'ref', {
      what: `the refs under ${folder} of ${api.repository.owner}/${api.repository.name}`,
      ask: async (size) => {
        const which = `refPrefix: ${JSON.stringify(folder)}, first: ${size}${query}${after}`
        const answer = await api.select<RefsAnswer>(
          `refs(${which}) { nodes ${REF} pageInfo { hasNextPage endCursor } }`,
        )
        return answer.refs
      },
    })
    for (const ref of page?.nodes ?? []) {
      const name = ref.prefix + ref.name
      const target = peeled(ref.target)
      // GitHub's query finds the word anywhere in the name.
      if (name.startsWith(prefix) && target.__typename === 'Commit') refs.set(name, target.oid)
    }
    if (!page?.pageInfo.hasNextPage) return refs
    after = `, after: ${JSON.stringify(page.pageInfo.endCursor)}`
  }
}

interface RefsAnswer {
  readonly refs: {
    readonly nodes: readonly GivenRef[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
  } | null
}

/** What a revision names, tags peeled. */
export async function resolveRevision(
  api: RepositoryApi,
  revision: string,
): Promise<{ oid: Oid; type: 'commit' | 'tree' } | undefined> {
  // What git would not take as a name, or would take as a search, is none.
  if (!/^[^-\s:][^\s:?*[\\]*$/.test(revision)) return undefined
  const how = isOid(revision) ? 'oid' : 'expression'
  const answer = await api.select<{ object: GivenTarget | null }>(
    `object(${how}: ${JSON.stringify(revision)}) ${TARGET}`,
  )
  const found = answer.object && peeled(answer.object)
  if (found?.__typename === 'Commit') return { oid: found.oid, type: 'commit' }
  return found?.__typename === 'Tree' ? { oid: found.oid, type: 'tree' } : undefined
}

const UPDATE_REFS = 'mutation($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }'
const NOWHERE = '0'.repeat(40)

/** Moves a ref if it still stands where it was seen. REST cannot do that: it knows only by force or not. */
export async function moveRef(api: RepositoryApi, move: RefMove): Promise<boolean> {
  const { name, from, to } = move
  if (!/^refs\/(?:heads|tags)\//.test(name)) return moveOtherRef(api, move)
  const repositoryId = await api.id()
  const update = { name, beforeOid: from ?? NOWHERE, afterOid: to, force: true }
  return unlessMoved(api, move, () =>
    despiteLag(api, () => api.mutate(UPDATE_REFS, { repositoryId, refUpdates: [update] })),
  )
}

/**
 * Refs beside branches and tags GitHub moves over REST only. Ours go forwards alone, each commit on the one before it, and then a
 * move without force is a compare and swap: what somebody else put there is no ancestor of ours.
 */
async function moveOtherRef(api: RepositoryApi, { name, from, to }: RefMove): Promise<boolean> {
  const move = (): Promise<unknown> =>
    from === undefined
      ? api.request('POST /git/refs', { ref: name, sha: to })
      : api.request('PATCH /git/refs/{ref}', { ref: name.slice('refs/'.length), sha: to, force: false })
  return unlessMoved(api, { name, from, to }, () => despiteLag(api, move))
}

/** What GitHub says when someone was faster is not written down anywhere, and an answer may be lost; where the ref stands now tells. */
async function unlessMoved(
  api: RepositoryApi,
  { name, from, to }: RefMove,
  attempt: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await attempt()
    return true
  } catch (error) {
    const [refs, existing] = await Promise.all([listRefs(api, name), findExisting(api, [to])])
    const now = refs.get(name)
    if (now !== from) return now === to
    // What was written a moment ago may take its time to be seen; that is no refusal of the branch.
    if (!existing.has(to)) throw notShown(api, `commit ${to}`)
    throw error instanceof GitHubFailure && [403, 404, 422].includes(error.status)
      ? refused(name, error)
      : error
  }
}

/** Why a branch was refused GitHub need not say; most often a permission is missing that what comes with it takes. */
function refused(name: string, { message }: GitHubFailure): Refusal {
  return new Refusal({
    code: 'branch-refused',
    message: `GitHub does not let me make or move \`${name.replace(/^refs\/(?:heads|tags)\//, '')}\` (${message}). Look whether I am granted “Contents: write”, and “Workflows: write” where files under \`.github/workflows\` come with it, in the settings of my installation; and whether a ruleset keeps me out.`,
  })
}

function peeled(target: GivenTarget): { readonly __typename: string; readonly oid: Oid } {
  return target.target ?? target
}
