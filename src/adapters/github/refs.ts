import { isOid, type Oid } from '../../core/model/oid.ts'
import type { RefMove } from '../../ports/objects.ts'
import type { RepositoryApi } from './repository-api.ts'
import { despiteLag } from './upload.ts'

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

/** The refs whose full names begin so, a hundred a request. */
export async function listRefs(api: RepositoryApi, prefix: string): Promise<Map<string, Oid>> {
  const refs = new Map<string, Oid>()
  // GitHub keeps no remotes.
  if (prefix.startsWith('refs/remotes/')) return refs
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1)
  const query = prefix === folder ? '' : `, query: ${JSON.stringify(prefix.slice(folder.length))}`
  for (let after = ''; ;) {
    const answer = await api.select<RefsAnswer>(
      `refs(refPrefix: ${JSON.stringify(folder)}, first: 100${query}${after}) { nodes ${REF} pageInfo { hasNextPage endCursor } }`,
    )
    for (const ref of answer?.refs?.nodes ?? []) {
      const name = ref.prefix + ref.name
      const target = peeled(ref.target)
      // GitHub's query finds the word anywhere in the name.
      if (name.startsWith(prefix) && target.__typename === 'Commit') refs.set(name, target.oid)
    }
    const page = answer?.refs?.pageInfo
    if (!page?.hasNextPage) return refs
    after = `, after: ${JSON.stringify(page.endCursor)}`
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
  const found = answer?.object && peeled(answer.object)
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
  try {
    await despiteLag(api, () => api.mutate(UPDATE_REFS, { repositoryId, refUpdates: [update] }))
    return true
  } catch (error) {
    // What GitHub says when someone was faster is not written down anywhere; where the ref stands now tells.
    const now = (await listRefs(api, name)).get(name)
    if (now === from) throw error
    return now === to
  }
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
  try {
    await despiteLag(api, move)
    return true
  } catch (error) {
    const now = (await listRefs(api, name)).get(name)
    if (now === from) throw error
    return now === to
  }
}

function peeled(target: GivenTarget): { readonly __typename: string; readonly oid: Oid } {
  return target.target ?? target
}
