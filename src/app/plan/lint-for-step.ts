import { plainOf } from '../../core/audit/audited.ts'
import { valueText } from '../../core/catalogue/role-variables.ts'
import { wordLint } from '../../core/explain/found/word-lint.ts'
import { keptFindings } from '../../core/inventory/kept/kept-findings.ts'
import { wordPlaybooks } from '../../core/explain/found/word-playbooks.ts'
import { refusedPins } from '../../core/automation/ansible-pins.ts'
import { wordAnsible } from '../../core/explain/found/word-ansible.ts'
import { wordWaiting } from '../../core/explain/found/word-waiting.ts'
import { writtenGroups } from '../../core/inventory/written-groups.ts'
import type { Setting, LintFinding, UsedGroup } from '../../core/plan/lint-finding.ts'
import { inOrder } from '../../core/plan/lint-step.ts'
import type { Step } from '../../core/plan/step.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import { findPlaybookTrouble } from './find-playbook-trouble.ts'
import { findWaitingFixes } from './find-waiting-fixes.ts'
import type { LintedFork } from './linted-fork.ts'
import { loadCatalogue, type CatalogueStore } from './load-catalogue.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'
import type { Cluster } from '../repository/read-clusters.ts'
import { lintBetween } from './route-from.ts'
import { shapesForStep } from './shapes-for-step.ts'

/** What a step to another release changes for a fork's own inventories and playbooks; nothing within one release. */
export async function lintForStep(
  store: CatalogueStore,
  linted: LintedFork,
  step: Pick<Step, 'kubespray'>,
): Promise<readonly LintFinding[]> {
  const { from, to } = step.kubespray
  if (from === to) return []
  const { findings } = await findPlaybookTrouble(store, linted, step)
  return [
    ...(await lintInventories(store, linted, step)),
    ...wordPlaybooks(findings),
    ...(await lintAnsible(store, linted, to)),
    ...(await lintBranch(store, linted, to)),
  ]
}

/** What the release asks of Ansible, and the repository installs another. */
async function lintAnsible(
  store: CatalogueStore,
  { fork, repository }: LintedFork,
  release: ReleaseTag,
): Promise<readonly LintFinding[]> {
  const pins = fork.standing.applied.ansible ?? []
  const target = repository.releases.get(release)
  if (!target || pins.length === 0) return []
  const tree = (await store.objects.readCommits([target])).get(target)?.tree
  if (!tree) return []
  const { ansible } = await loadCatalogue(store, tree)
  return wordAnsible(refusedPins(pins, ansible), release, ansible)
}

/** What waits behind the tag that is gone to; over an API, which knows no branches of upstream's, nothing. */
async function lintBranch(
  store: CatalogueStore & { readonly objects: ObjectReader & Partial<History> },
  { fork, clusters, repository, depth }: LintedFork,
  release: ReleaseTag,
): Promise<readonly LintFinding[]> {
  const { objects, cache } = store
  if (depth === 'defaults' || !hasHistory(objects)) return []
  const { series } = fork
  const waiting = await findWaitingFixes({ objects, cache }, { release, repository, series, clusters })
  return waiting ? wordWaiting(waiting) : []
}

function hasHistory(objects: ObjectReader & Partial<History>): objects is ObjectReader & History {
  return objects.log !== undefined
}

async function lintInventories(
  store: CatalogueStore,
  { fork, clusters, repository, depth, shapes }: LintedFork,
  { kubespray }: Pick<Step, 'kubespray'>,
): Promise<readonly LintFinding[]> {
  const own = clusters.filter(({ inventory }) => !inventory.isSample)
  const target = repository.releases.get(kubespray.to)
  if (own.length === 0 || !target) return []
  const commits = await store.objects.readCommits([fork.base.commit, target])
  const treeOf = (commit: Oid): Oid => commits.get(commit)?.tree as Oid
  // What a cluster relies on by default is what the fork's own tree has, patches included.
  const before = await loadCatalogue(store, fork.kubespray ?? treeOf(fork.base.commit))
  const after = await loadCatalogue(store, treeOf(target))
  const kept = own.flatMap(({ inventory, settings }) =>
    keptFindings({ inventory: inventory.path, settings, from: before, to: after, tag: kubespray.to }),
  )
  const compared = await lintBetween(store, {
    from: { tag: kubespray.from, tree: treeOf(fork.base.commit) },
    to: { tag: kubespray.to, tree: treeOf(target) },
    settings: own.flatMap(settingsIn),
    groups: own.flatMap(groupsIn),
    depth,
  })
  const shaped = shapes
    ? await shapesForStep(store.objects, {
        from: { tag: kubespray.from, tree: fork.kubespray ?? treeOf(fork.base.commit) },
        to: { tag: kubespray.to, tree: treeOf(target) },
        clusters: own,
        depth,
        ...shapes,
      })
    : []
  // What is found in the release's own tasks says more than that a variable is gone, or its default or an example changed.
  const told = new Set(shaped.map(({ key }) => key))
  const rest = compared.filter(({ code, key }) => !LESS.includes(code) || !told.has(key))
  return inOrder([...wordLint([...kept, ...shaped]), ...rest])
}

const LESS: readonly LintFinding['code'][] = [
  'default-changed',
  'sample-changed',
  'variable-gone',
  'variable-without-default',
  'variable-renamed',
]

/** `kube_version` is the plan's own business. */
function settingsIn({ settings }: Cluster): readonly Setting[] {
  const others = settings.settings.filter(({ name }) => name !== 'kube_version')
  // As a catalogue has defaults, whatever the form in the file.
  return others.map(({ name, at, value }) => ({
    name,
    file: at.file,
    line: at.line,
    value: valueText(plainOf(value)),
  }))
}

/** Each group once a file, under the name that is written there. */
function groupsIn({ inventory, texts }: Cluster): readonly UsedGroup[] {
  return inventory.hostFiles.flatMap((file) => {
    const first = new Map<string, UsedGroup>()
    for (const { name, line } of writtenGroups(file, texts.get(file) ?? '')) {
      if (!first.has(name)) first.set(name, { name, file, line })
    }
    return [...first.values()]
  })
}
