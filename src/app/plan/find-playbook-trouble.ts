import { compareCatalogues } from '../../core/catalogue/compare-catalogues.ts'
import { namesMentioned } from '../../core/catalogue/names-mentioned.ts'
import { writtenGroups } from '../../core/inventory/written-groups.ts'
import { treeOfCluster } from '../../core/layout/scope/places-of-cluster.ts'
import { isInside } from '../../core/model/parent-of.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { Tree } from '../../core/model/tree.ts'
import { renamedGroups } from '../../core/plan/lint-groups.ts'
import type { Step } from '../../core/plan/step.ts'
import { copiedFiles, mayBeCopies } from '../../core/playbooks/copied-files.ts'
import { lintPlaybooks, type GroupFate } from '../../core/playbooks/lint-playbooks.ts'
import type { PlaybookFinding } from '../../core/playbooks/playbook-finding.ts'
import { decodeText } from '../../core/text/split-lines.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import type { Cluster } from '../repository/read-clusters.ts'
import type { LintedFork } from './linted-fork.ts'
import { findMentions } from './find-mentions.ts'
import { loadCatalogue, type CatalogueStore } from './load-catalogue.ts'
import { treeOfCommit } from './tree-of-commit.ts'

/** What a step takes away from under somebody's own playbooks, with the texts that it was found in. */
interface PlaybookTrouble {
  readonly findings: readonly PlaybookFinding[]
  readonly texts: ReadonlyMap<string, string>
}

/** Reads the playbooks and roles of a repository that are not the release's, and holds them against the release that is gone to. */
export async function findPlaybookTrouble(
  store: CatalogueStore,
  { fork, clusters, repository, depth }: LintedFork,
  { kubespray }: Pick<Step, 'kubespray'>,
  made?: { readonly tree: Tree; readonly objects: Pick<ObjectReader, 'readBlobs'> },
): Promise<PlaybookTrouble> {
  const commit = repository.releases.get(kubespray.to)
  const { objects } = store
  const isEditable = fork.standing.layout.kind === 'root'
  const seen = isEditable ? fork.headTree : await aroundKubespray(store, fork)
  const own = new Set([...seen.keys()].filter((path) => !isEditable || !fork.baseTree.has(path)))
  const isNothing = !made && ![...own].some(isRead)
  if (!commit || isNothing) return { findings: [], texts: new Map() }
  const [base, target] = [await treeAt(objects, fork.base.commit), await treeAt(objects, commit)]
  // Of a tree that the step has made, what a patch left in the release's files counts as well.
  const isJudged = (path: string, oid: Oid): boolean =>
    own.has(path) || (isEditable && made !== undefined && target.tree.get(path)?.oid !== oid)
  const texts = await ownTexts(made?.objects ?? objects, (isEditable && made?.tree) || seen, {
    isJudged,
    clusters,
  })
  if (texts.size === 0) return { findings: [], texts }
  const [before, after] = [await loadCatalogue(store, base.oid), await loadCatalogue(store, target.oid)]
  const renamed = renamedGroups(before, after)
  const names = compareCatalogues(before, after).gone.map(({ name }) => name)
  const findings = lintPlaybooks({
    texts,
    own,
    base: base.tree,
    target: target.tree,
    release: kubespray.to,
    groups: new Map(
      [...renamed].map(([name, now]) => [name, { now, inventory: fateOf({ name, now }, clusters) }]),
    ),
    gone: depth === 'defaults' ? new Set() : await unknownTo(objects, target.oid, { names, texts }),
    isEditable,
  })
  const copied = await findCopies(objects, { texts, own, fork, to: kubespray.to, trees: { base, target } })
  return { findings: [...findings, ...copied], texts }
}

interface Laid {
  readonly texts: ReadonlyMap<string, string>
  readonly own: ReadonlySet<string>
  readonly fork: LintedFork['fork']
  readonly to: ReleaseTag
  readonly trees: { readonly base: { readonly tree: Tree }; readonly target: { readonly tree: Tree } }
}

/** Own files that are copies of the release's, as an image or a script lays them over it. */
async function findCopies(
  objects: ObjectReader,
  { texts, own, fork, to, trees }: Laid,
): Promise<readonly PlaybookFinding[]> {
  const [base, target] = [trees.base.tree, trees.target.tree]
  const copies = mayBeCopies(
    [...texts.keys()].filter((path) => own.has(path)),
    base,
  )
  const wanted = copies.flatMap(({ name }) => base.get(name) ?? [])
  if (wanted.length === 0) return []
  const blobs = await objects.readBlobs(wanted.map(({ oid }) => oid))
  const originals = copies.flatMap(({ name }): [string, string][] => {
    const entry = base.get(name)
    const bytes = entry && blobs.get(entry.oid)
    const text = bytes && decodeText(bytes)
    return text === undefined ? [] : [[name, text]]
  })
  const releases = { from: fork.base.release, to }
  return copiedFiles({ copies, texts, originals: new Map(originals), base, target, releases })
}

async function treeAt(
  objects: ObjectReader,
  commit: Oid,
): Promise<{ readonly oid: Oid; readonly tree: Tree }> {
  const oid = await treeOfCommit(objects, commit)
  return { oid, tree: await objects.readTree(oid) }
}

/** The repository's files beside Kubespray's, where that stands in a folder or is not in it at all. */
async function aroundKubespray(
  { objects }: CatalogueStore,
  { head, standing }: LintedFork['fork'],
): Promise<Tree> {
  const { layout, cluster } = standing
  const whole = await objects.readTree(head.oid)
  const repository = cluster ? treeOfCluster(whole, cluster) : whole
  if (layout.kind !== 'folder') return repository
  return new Map([...repository].filter(([path]) => !isInside(path, layout.path)))
}

/** Files that plays read, of those that are judged. Inventories have a reader of their own. */
async function ownTexts(
  objects: Pick<ObjectReader, 'readBlobs'>,
  tree: Tree,
  {
    isJudged,
    clusters,
  }: { readonly isJudged: (path: string, oid: Oid) => boolean; readonly clusters: readonly Cluster[] },
): Promise<ReadonlyMap<string, string>> {
  const folders = clusters.map(({ inventory }) => inventory.folder).filter((folder) => folder !== '')
  const wanted = [...tree].filter(
    ([path, { oid, mode }]) =>
      mode !== '160000' &&
      mode !== '120000' &&
      isRead(path) &&
      !folders.some((folder) => isInside(path, folder)) &&
      isJudged(path, oid),
  )
  if (wanted.length === 0) return new Map()
  const blobs = await objects.readBlobs([...new Set(wanted.map(([, { oid }]) => oid))])
  const texts = wanted.flatMap(([path, { oid }]): [string, string][] => {
    const bytes = blobs.get(oid)
    const text = bytes && bytes.length < LONGEST ? decodeText(bytes) : undefined
    return text === undefined ? [] : [[path, text]]
  })
  return new Map(texts)
}

/** The longest playbook of 67 releases has 20,000 characters; generated files beyond this name nothing. */
const LONGEST = 400_000

function isRead(path: string): boolean {
  return (
    /\.(?:ya?ml|j2)$/.test(path) &&
    !/(?:^|\/)(?:group_vars|host_vars|inventory|inventories|molecule|node_modules|vendor)\//.test(path) &&
    !/^(?:\.[^/]*|docs|tests|test-infra|contrib|scripts)(?:\/|$)/.test(path)
  )
}

/** What becomes of a group's name in the inventories that stand here. */
function fateOf(
  { name, now }: { readonly name: string; readonly now: string },
  clusters: readonly Cluster[],
): GroupFate {
  const used = clusters
    .filter(({ inventory }) => !inventory.isSample)
    .map(({ inventory, texts }) =>
      inventory.hostFiles.flatMap((file) =>
        writtenGroups(file, texts.get(file) ?? '').map((each) => each.name),
      ),
    )
  // Where both are in use, somebody has made one a part of the other already, and the old name goes on.
  if (used.some((names) => names.includes(name) && names.includes(now))) return 'kept'
  return used.some((names) => names.includes(name) || names.includes(now)) ? 'renamed' : 'unknown'
}

/** Of the variables that lost their default, those that an own file mentions and nothing of the release does. */
async function unknownTo(
  objects: ObjectReader,
  target: Oid,
  { names, texts }: { readonly names: readonly string[]; readonly texts: ReadonlyMap<string, string> },
): Promise<ReadonlySet<string>> {
  const encoder = new TextEncoder()
  const read = [
    ...namesMentioned(
      names,
      [...texts.values()].map((text) => encoder.encode(text)),
    ),
  ]
  if (read.length === 0) return new Set()
  const known = await findMentions(objects, target, read)
  return new Set(read.filter((name) => !known.has(name)))
}
