import { wordPlaybooks } from '../../core/explain/found/word-playbooks.ts'
import { isInside, nameOf, parentOf } from '../../core/model/parent-of.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { LintFinding } from '../../core/plan/lint-finding.ts'
import type { Step } from '../../core/plan/step.ts'
import { groupNames, renameGroups } from '../../core/playbooks/group-names.ts'
import type { PlaybookFacts, PlaybookFinding } from '../../core/playbooks/playbook-finding.ts'
import { applyEdits, type Edit } from '../../core/text/edit.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import type { InventoryEdit } from '../carry/edit-cluster.ts'
import { findPlaybookTrouble } from '../plan/find-playbook-trouble.ts'
import type { LintedFork } from '../plan/linted-fork.ts'
import type { CatalogueStore } from '../plan/load-catalogue.ts'
import { withTexts } from '../carry/with-texts.ts'

/** What a step does to playbooks of the user's own, and what is said about them. */
interface EditedPlaybooks {
  readonly edits: readonly InventoryEdit[]
  readonly lint: readonly LintFinding[]
}

/** Follows the release in playbooks: what is mechanical becomes one commit for each name, and the rest is told. */
export async function editPlaybooks(
  store: CatalogueStore,
  fork: LintedFork,
  step: Pick<Step, 'kubespray'>,
  made: { readonly tree: Tree; readonly objects: Pick<ObjectReader, 'readBlobs'> },
): Promise<EditedPlaybooks> {
  const { findings, texts } = await findPlaybookTrouble(store, fork, step, made)
  const now = new Map(texts)
  const edits: InventoryEdit[] = []
  let tree = made.tree
  for (const facts of distinct(findings)) {
    const own = findings.filter((each) => isSame(each.facts, facts))
    const written = new Map<string, string>()
    for (const file of new Set(own.map((each) => each.file))) {
      const text = now.get(file) ?? ''
      written.set(file, applyEdits(text, editsFor(facts, { file, text })))
    }
    for (const [file, text] of written) now.set(file, text)
    const next = withTexts(tree, written)
    edits.push({
      title: titleFor(facts),
      why: wordPlaybooks(own.slice(0, 1))[0]?.message ?? '',
      changed: own.map(({ file, line }) => ({
        file,
        line,
        key: facts.name,
        from: facts.name,
        to: facts.now ?? '',
      })),
      ...next,
    })
    tree = next.tree
  }
  return { edits, lint: wordPlaybooks(findings) }
}

type Made = Extract<PlaybookFacts, { readonly isMade: boolean }>

/** Each name once, in the order in which they were found. */
function distinct(findings: readonly PlaybookFinding[]): readonly Made[] {
  const made = findings.flatMap(({ facts }) => ('isMade' in facts && facts.isMade ? [facts] : []))
  return [...new Map(made.map((each) => [`${each.code}\0${each.name}`, each])).values()]
}

function isSame(facts: PlaybookFacts, other: Made): boolean {
  return facts.code === other.code && facts.name === other.name && 'isMade' in facts && facts.isMade
}

function editsFor(
  facts: Made,
  { file, text }: { readonly file: string; readonly text: string },
): readonly Edit[] {
  if (facts.code === 'playbook-group')
    return renameGroups(groupNames(text, new Set([facts.name])), new Map([[facts.name, facts.now]]))
  const target = relativeTo(parentOf(file), facts.now ?? facts.name)
  return importsOf(text, facts.written).map((from) => ({
    from,
    to: from + facts.written.length,
    text: target,
  }))
}

/** Where a playbook is imported under this very name. */
function importsOf(text: string, written: string): readonly number[] {
  const found: number[] = []
  let at = 0
  for (const line of text.split('\n')) {
    const head = /^[\s-]*(?:ansible\.builtin\.)?(?:import_playbook|include):\s*["']?/.exec(line)?.[0]
    if (head !== undefined && line.slice(head.length).startsWith(written)) found.push(at + head.length)
    at += line.length + 1
  }
  return found
}

function relativeTo(folder: string, path: string): string {
  if (folder === '') return path
  if (isInside(path, folder)) return path.slice(folder.length + 1)
  return `../${relativeTo(parentOf(folder), path)}`
}

function titleFor(facts: Made): string {
  return facts.code === 'playbook-group'
    ? `playbooks: call the group ${facts.name} ${facts.now}`
    : `playbooks: import ${facts.now ?? nameOf(facts.name)}`
}
