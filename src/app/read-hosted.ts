import { Refusal } from '../core/model/problem.ts'
import type { Oid } from '../core/model/oid.ts'
import { compareReleases, readReleaseTag, type ReleaseTag } from '../core/model/version.ts'
import type { ObjectStore, Refs } from '../ports/objects.ts'
import type { Repository } from './read-repository.ts'

/**
 * Reads a fork on a forge: its branches, and the releases of upstream's own repository, for forks seldom fetch tags.
 * Refuses where one of the two has nothing.
 */
export async function readHosted(fork: ObjectStore, upstream: Refs): Promise<Repository> {
  const [branches, defaultBranch, tags, heads] = await Promise.all([
    fork.listRefs('refs/heads/'),
    fork.defaultBranch(),
    upstream.listRefs('refs/tags/'),
    upstream.listRefs('refs/heads/'),
  ])
  const releases = releasesOf(tags)
  if (branches.size === 0)
    throw new Refusal({
      code: 'no-branches',
      message: 'This repository has no branch yet, so there is nothing to carry.',
    })
  if (releases.size === 0)
    throw new Refusal({
      code: 'no-releases',
      message: 'The upstream repository has no release tag (`vX.Y.Z`). Is `upstream` in the settings right?',
    })
  return {
    branches: new Map([...branches].map(([name, oid]) => [name.slice('refs/heads/'.length), oid])),
    defaultBranch: defaultBranch?.slice('refs/heads/'.length),
    releases,
    upstreamTips: [...new Set([...releases.values(), ...heads.values()])],
  }
}

function releasesOf(tags: ReadonlyMap<string, Oid>): ReadonlyMap<ReleaseTag, Oid> {
  const found: [ReleaseTag, Oid][] = []
  for (const [name, oid] of tags) {
    const tag = readReleaseTag(name.slice('refs/tags/'.length))
    if (tag) found.push([tag, oid])
  }
  return new Map(found.sort(([a], [b]) => compareReleases(a, b)))
}
