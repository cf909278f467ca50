import { cutNotes, type PublishedNotes } from '../../core/advice/published-notes.ts'
import { compareReleases, minorOf, type ReleaseTag } from '../../core/model/release-tag.ts'
import type { Cluster } from '../repository/read-clusters.ts'
import type { StepReading } from './step-reading.ts'
import type { TakenStep } from './taken-step.ts'

/** What upstream published of the releases that a step brings, cut to what the clusters set and run; nothing where nobody can be asked. */
export async function publishedNotes(
  { published, repository }: Pick<StepReading, 'published' | 'repository'>,
  { facts: { kind, release }, plan }: Pick<TakenStep, 'facts' | 'plan'>,
): Promise<PublishedNotes | undefined> {
  if (!published || kind !== 'kubespray') return undefined
  const brought = releasesBrought([...repository.releases.keys()], plan.fork.base.release, release)
  const found = await Promise.all(
    brought.map(async (tag) => ({ release: tag, notes: (await published(tag))?.notes ?? '' })),
  )
  const told = found.filter(({ notes }) => notes !== '')
  return told.length > 0 ? cutNotes(told, wordsOf(plan.clusters)) : undefined
}

/** Those of the minor that is gone to, after the one it stands on: what happened in other minors was noted there again. */
function releasesBrought(
  all: readonly ReleaseTag[],
  from: ReleaseTag,
  to: ReleaseTag,
): readonly ReleaseTag[] {
  return all
    .filter(
      (each) =>
        minorOf(each) === minorOf(to) && compareReleases(from, each) < 0 && compareReleases(each, to) <= 0,
    )
    .sort(compareReleases)
}

/** Names that a note may hold: variables, the network plugin, the container manager, add-ons that are on. */
function wordsOf(clusters: readonly Cluster[]): ReadonlySet<string> {
  const words = clusters.flatMap(({ settings, facts }) => [
    ...settings.settings.map(({ name }) => name),
    ...[facts.networkPlugin.value, facts.containerManager.value].filter((each) => each !== undefined),
    ...facts.addons
      .filter(({ enabled }) => enabled === true)
      .map(({ flag }) => flag.replace(/_enabled$/, '')),
  ])
  return new Set(words.map((word) => word.toLowerCase()))
}
