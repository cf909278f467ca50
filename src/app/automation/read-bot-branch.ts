import type { BotBranch, BotMove } from '../../core/automation/bot-branch.ts'
import { botOfBranch } from '../../core/automation/update-bots.ts'
import { versionLines } from '../../core/automation/version-lines.ts'
import type { Pin } from '../../core/layout/layout.ts'
import { pinsOf } from '../../core/layout/pins-of.ts'
import { isInside } from '../../core/model/parent-of.ts'
import { optional } from '../../core/model/defined.ts'
import type { Oid } from '../../core/model/oid.ts'
import { bareVersion, minorNumber, minorOf, type ReleaseTag } from '../../core/model/release-tag.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { ForkPlan } from '../plan/plan-fork.ts'
import { loadCatalogue, type CatalogueStore } from '../plan/load-catalogue.ts'
import { newestContained } from '../repository/upstream/newest-contained.ts'
import { readPlaces } from '../repository/read-standing.ts'
import { readTexts } from '../repository/read-texts.ts'

type BotStore = CatalogueStore & { readonly objects: ObjectStore }

/** A bot's branch, as far as it moves Kubespray or Kubernetes; nothing of any other, and of one whose commits came in already. */
export async function readBotBranch(
  store: BotStore,
  plan: ForkPlan,
  { name, head, tree: before }: { readonly name: string; readonly head: Oid; readonly tree: Tree },
): Promise<BotBranch | undefined> {
  const { objects } = store
  const bot = botOfBranch(name)
  const { branch, repository, fork } = plan
  if (!bot) return undefined
  const log = await objects.log({ to: head, not: [branch.head, ...repository.upstreamTips] })
  const changed = [...new Set(log.flatMap(({ changes }) => changes.map(({ path }) => path)))]
  const inventories = plan.clusters.map(({ inventory }) => inventory.path)
  const pinned = [
    ...pinsOf(fork.standing.layout).map(({ file }) => file),
    ...(fork.standing.layout.kind === 'submodule' ? [fork.standing.layout.gitlink.path] : []),
  ]
  const set = new Set(plan.clusters.flatMap(({ texts }) => [...texts.keys()]))
  const near = changed.filter((path) => pinned.includes(path) || set.has(path))
  if (near.length === 0 || near.length > MOST_FILES) return undefined
  const after = await objects.readTree(head)
  const moves = [
    ...(await releaseMoves(objects, plan, { near, before, after })),
    ...(await kubernetesMoves(store, plan, { near, before, after })),
  ]
  if (moves.length === 0) return undefined
  const moved = new Set(moves.map(({ file }) => file))
  const others = changed.filter((path) => !moved.has(path))
  const leavesInventories = !others.some((path) => inventories.some((each) => isInside(path, each)))
  return { bot, name, moves, leavesInventories }
}

/** A branch of a bot's that changes more is about something else. */
const MOST_FILES = 50

interface Between {
  readonly near: readonly string[]
  readonly before: Tree
  readonly after: Tree
}

/** Pins that say another release than the one that the fork stands on. */
async function releaseMoves(
  store: ObjectStore,
  { fork, repository }: ForkPlan,
  { near, before, after }: Between,
): Promise<readonly BotMove[]> {
  const { release } = fork.base
  const { layout } = fork.standing
  if (layout.kind === 'root' || layout.kind === 'folder') return []
  const { pins, gitlinks } = await readPlaces(store, after)
  const places = [
    ...pins.filter(({ file, only }) => near.includes(file) && only === undefined),
    ...gitlinks.filter(({ path }) => near.includes(path)),
  ]
  const found: BotMove[] = []
  for (const place of places) {
    if ('path' in place && before.get(place.path)?.oid === place.commit) continue
    const to = await releaseAt(store, repository.releases, place)
    if (to === undefined || to === release) continue
    const at = 'path' in place ? { file: place.path } : { file: place.file, line: place.line }
    const move = { what: 'kubespray', ...at, from: release, to, skips: between(release, to) } as const
    if (!found.some(({ file, to: other }) => file === move.file && other === to)) found.push(move)
  }
  return found
}

async function releaseAt(
  store: ObjectStore,
  releases: ReadonlyMap<ReleaseTag, Oid>,
  place: Pin | { readonly path: string; readonly commit: Oid },
): Promise<ReleaseTag | undefined> {
  if ('path' in place) {
    const isKnown = (await store.resolve(place.commit))?.type === 'commit'
    return isKnown ? newestContained(store, place.commit, releases) : undefined
  }
  return place.says.kind === 'release' ? place.says.release : undefined
}

async function kubernetesMoves(
  store: BotStore,
  { fork, clusters, architectures }: ForkPlan,
  { near, before, after }: Between,
): Promise<readonly BotMove[]> {
  const files = near.filter((path) => clusters.some(({ texts }) => texts.has(path)))
  const [{ texts: old }, { texts: now }] = await Promise.all([
    readTexts(store.objects, before, files),
    readTexts(store.objects, after, files),
  ])
  const found: BotMove[] = []
  for (const file of files) {
    const was = versionLines(old.get(file) ?? '')
    for (const [index, { line, version }] of versionLines(now.get(file) ?? '').entries()) {
      const from = was[index]?.version
      if (from === undefined || from === version) continue
      const offered = (await loadCatalogue(store, fork.kubespray)).kubernetes.versions
      const isMissing = architectures.architectures.some(
        (each) => offered[each] !== undefined && !offered[each].map(bareVersion).includes(version),
      )
      found.push({
        what: 'kubernetes',
        file,
        line,
        from,
        to: version,
        skips: between(from, version),
        ...optional(isMissing, () => ({ unknownTo: fork.base.release })),
      })
    }
  }
  return found
}

/** The minors that are passed over on the way up. */
function between(from: string, to: string): readonly string[] {
  const [[major = ''], [other = '']] = [minorOf(from).split('.'), minorOf(to).split('.')]
  if (major !== other) return []
  const count = Math.max(0, minorNumber(to) - minorNumber(from) - 1)
  return Array.from({ length: count }, (_, index) => `${major}.${minorNumber(from) + index + 1}`)
}
