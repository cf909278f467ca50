import type { Gitlink } from '../../core/layout/layout.ts'
import type { Oid } from '../../core/model/oid.ts'
import { readGitmodules } from '../../core/layout/read-gitmodules.ts'
import { decodeText } from '../../core/text/split-lines.ts'
import type { RepositoryName } from '../../ports/forge.ts'
import type { Workplace } from '../../ports/host.ts'
import { branchNameFor } from '../branch/step-name.ts'
import { OUR_BRANCHES } from '../jobs/job.ts'
import type { FindFork, OwnFork } from '../repository/own-fork.ts'
import { readRepository, type Repository, unlessRefused } from '../repository/read-repository.ts'

/** Opens a repository that we are installed on; rejects with a `Refusal` where we are not. */
export type OpenRepository = (repository: RepositoryName) => Promise<Workplace>

interface ForksOnForge {
  readonly find: FindFork
  /** Names everything that answers about them are made from; empty where the repository has no submodule of a fork. */
  readonly inputs: string
}

/** The forks on the same forge that submodules of a branch are at. */
export async function forksOnForge(
  place: Workplace,
  {
    repository,
    branch,
    open,
  }: {
    readonly repository: Repository
    readonly branch: string | undefined
    readonly open: OpenRepository | undefined
  },
): Promise<ForksOnForge> {
  const head = repository.branches.get(branch ?? repository.defaultBranch ?? '')
  const urls = open && head ? await submoduleUrls(place, head) : []
  const forks = new Map<string, OwnFork>()
  for (const url of urls) {
    const name = nameIn(url, place.repository)
    if (!name || !open || isUpstreams(name)) continue
    const fork = await unlessRefused(openFork(await unlessRefused(open(name))))
    if (fork) forks.set(url, fork)
  }
  const states = await Promise.all([...forks.values()].map(stateOf))
  return {
    find: ({ url }: Gitlink) => Promise.resolve(url === undefined ? undefined : forks.get(url)),
    inputs: JSON.stringify(states),
  }
}

async function submoduleUrls({ objects }: Workplace, head: Oid): Promise<readonly string[]> {
  const tree = await objects.readTree(head)
  const entry = tree.get('.gitmodules')
  if (!entry || ![...tree.values()].some(({ mode }) => mode === '160000')) return []
  const bytes = (await objects.readBlobs([entry.oid])).get(entry.oid)
  const sections = readGitmodules((bytes && decodeText(bytes)) ?? '')
  return sections.flatMap(({ url, path }) =>
    url !== undefined && tree.get(path ?? '')?.mode === '160000' && /kubespray|kargo/i.test(url) ? [url] : [],
  )
}

/** Owner and name in a URL, or in one that is relative to the repository's own (`../kubespray.git`). */
function nameIn(url: string, { owner }: RepositoryName): RepositoryName | undefined {
  const path = url
    .trim()
    .replace(/\/$/, '')
    .replace(/\.git$/, '')
  const beside = /^\.\.\/([^/]+)$/.exec(path)?.[1]
  if (beside !== undefined) return { owner, name: beside }
  const [, other, name] =
    /^(?:\.\.\/\.\.\/|(?:https?|ssh|git):\/\/[^/]+\/|[^@/]+@[^:/]+:)([^/:]+)\/([^/]+)$/.exec(path) ?? []
  return other === undefined || name === undefined ? undefined : { owner: other, name }
}

function isUpstreams({ owner }: RepositoryName): boolean {
  return /^kubernetes-(?:sigs|incubator)$/i.test(owner)
}

async function openFork(place: Workplace | undefined): Promise<OwnFork | undefined> {
  if (!place) return undefined
  const { objects, forge } = place
  return {
    name: `${place.repository.owner}/${place.repository.name}`,
    store: objects,
    repository: await readRepository(objects, []),
    pullFor: async (release) => {
      const [newest] = await forge.pullRequests.from(branchNameFor(release))
      return newest && { url: newest.url, state: newest.state, head: newest.head.oid }
    },
    openPulls: async () => (await forge.pullRequests.openUnder(OUR_BRANCHES)).map(({ number }) => number),
  }
}

async function stateOf({ name, repository, openPulls }: OwnFork): Promise<unknown> {
  return [name, [...repository.branches], (await openPulls?.()) ?? []]
}
