import type { YoungRelease } from '../../core/explain/found/young-release.ts'
import type { Oid } from '../../core/model/oid.ts'
import { compareReleases, type ReleaseTag } from '../../core/model/release-tag.ts'
import type { Release } from '../../ports/forge.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import type { ReadFork } from '../repository/read-fork.ts'

export interface AgeQuestion {
  /** Milliseconds since 1970. */
  readonly now: number
  /** The one that was asked for, whatever its age. */
  readonly target: ReleaseTag | undefined
  /** What upstream published of a release; where nobody can be asked, its commit tells its age. */
  readonly published: ((tag: string) => Promise<Pick<Release, 'publishedAt'> | undefined>) | undefined
}

/** The fork with those releases alone that have been out for as long as its settings want, and those that have not. */
export async function oldEnough(
  objects: ObjectReader,
  read: ReadFork,
  question: AgeQuestion,
): Promise<{ readonly read: ReadFork; readonly young: readonly YoungRelease[] }> {
  const { minimumAge } = read.config
  if (minimumAge === 0) return { read, young: [] }
  const young = await youngOf(objects, read, question)
  const names = new Set(young.map(({ release }) => release))
  const releases = new Map([...read.repository.releases].filter(([tag]) => !names.has(tag)))
  return { read: { ...read, repository: { ...read.repository, releases } }, young }
}

async function youngOf(
  objects: ObjectReader,
  { repository, fork, config: { minimumAge: minimum } }: ReadFork,
  { now, target, published }: AgeQuestion,
): Promise<readonly YoungRelease[]> {
  const ahead = [...repository.releases].filter(
    ([tag]) => compareReleases(tag, fork.base.release) > 0 && tag !== target,
  )
  const commits = await objects.readCommits(ahead.map(([, oid]) => oid))
  const committed = ([, oid]: readonly [ReleaseTag, Oid]): number =>
    (commits.get(oid)?.committer.time ?? 0) * 1000
  const recent = ahead.filter((each) => now - committed(each) < minimum * DAY + LONGEST_WAIT)
  const found = await Promise.all(
    recent.map(async (each): Promise<YoungRelease> => {
      const [release] = each
      const told = (await published?.(release))?.publishedAt
      const since = told ?? committed(each)
      const by = told === undefined ? 'committed' : 'published'
      const days = Math.max(0, Math.floor((now - since) / DAY))
      return { release, since, by, days, minimum, offered: since + minimum * DAY }
    }),
  )
  return found.filter(({ offered }) => offered > now)
}

const DAY = 24 * 3600_000

/** Upstream tags a commit within days of making it. Of what is older than this by far nobody asks when it was published. */
const LONGEST_WAIT = 180 * DAY
