import { parentOf } from '../../model/parent-of.ts'
import type { Place } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { inventoryIn, isAsIn, kubesprayFolders, type Inventory } from '../find-inventories.ts'
import { candidatesIn, hostFilesIn, type Candidates } from './candidates.ts'
import { extraSourcesFor, unreadVariables, type UnknownExtra } from './extra-sources-for.ts'
import { folderAsRun } from './folder-as-run.ts'
import { isOfKubespray } from './is-of-kubespray.ts'
import { isKubespraysPlaybook, resolvedCalls, type ResolvedCall } from './resolved-calls.ts'
import type { Asked, RunQuestion } from './run-question.ts'

/** The inventories of a repository as they are run. */
export interface InventoriesAsRun {
  readonly inventories: readonly InventoryAsRun[]
  /** These, and all that the settings may name beside them. */
  readonly all: readonly InventoryAsRun[]
  /** What looks like an inventory and is none of Kubespray's, or is not run. */
  readonly leftOut: readonly LeftOutInventory[]
}

export interface InventoryAsRun {
  readonly inventory: Inventory
  readonly notes: readonly InventoryNote[]
}

export interface LeftOutInventory {
  readonly path: string
  /** `not-run`: calls name other files of the folder. `sample`: nobody runs it, and there are others. */
  readonly why: 'no-kubespray' | 'not-run' | 'sample'
}

/** What a person should know of how an inventory is read. */
export type InventoryNote =
  /** Its hosts are asked for somewhere else. */
  | { readonly kind: 'dynamic'; readonly file: string }
  | UnknownExtra
  /** Sets variables of Kubespray's beside the inventory, and nothing in the repository hands it in. */
  | { readonly kind: 'not-handed-in'; readonly file: string; readonly at: Place }

/** The files to read before asking; what calls name beside them is asked for by `filesNamed`. */
export function filesToDecide(tree: Tree, base?: Tree): readonly string[] {
  return candidatesIn(tree, base).files
}

/** What calls name and was not read yet. */
interface NamedFiles {
  /** Inventories, and files of variables. */
  readonly files: readonly string[]
  /** Playbooks of the repository's own that are handed variables: whether these are Kubespray's, their texts say. */
  readonly playbooks: readonly string[]
}

export function filesNamed({ tree, base, texts }: RunQuestion): NamedFiles {
  const candidates = candidatesIn(tree, base)
  const calls = resolvedCalls(tree, candidates.callers, texts)
  const named = calls.flatMap(({ inventories, extra }) => [
    ...inventories,
    ...extra.flatMap((each) => (each.kind === 'file' ? [each.path] : [])),
  ])
  const paths = named.flatMap((each) => (each.kind === 'found' ? each.paths : []))
  const files = paths.flatMap((path) => (isPlainFile(tree, path) ? [path] : hostFilesIn(tree, path)))
  const read = new Set(candidates.files)
  const handed = calls.filter(({ extra }) => extra.length > 0).flatMap(({ playbooks }) => playbooks)
  const playbooks = handed.flatMap(({ written, path }) =>
    path.kind === 'found' && !isKubespraysPlaybook(written) ? path.paths : [],
  )
  return {
    files: [...new Set(files)].filter((path) => isPlainFile(tree, path) && !read.has(path)),
    playbooks: [...new Set(playbooks)].filter((path) => isPlainFile(tree, path) && !texts.has(path)),
  }
}

/** Finds the inventories as they are run: by what stands in the files, and by the calls that name them. */
export function inventoriesAsRun(question: RunQuestion): InventoriesAsRun {
  const { tree, base, texts } = question
  const candidates = candidatesIn(tree, base)
  const asked = { ...question, calls: resolvedCalls(tree, candidates.callers, texts) }
  const folders = withNamed(candidates, asked.calls, tree)
  const all = [...folders].map(([folder, files]) => folderAsRun(asked, folder, files))
  const found = all.flatMap(({ inventories, others }) =>
    inventories.map((inventory) => ({ inventory, others })),
  )
  const told = found.map((each) => withExtra(asked, { ...each, isOnly: found.length === 1 }))
  const ofKubespray = told.filter(({ inventory }) => isOfKubespray(asked, inventory))
  const own = ofKubespray.filter(
    ({ inventory }) => !isAsIn(base, tree, withoutExtra(inventory)) || inventory.isSample,
  )
  const several = withoutSamples(own, asked)
  const isOnly = several.length === 1 && several[0]?.inventory.isSample !== true
  const chosen = isOnly ? several.map((each) => asOnly(each, found, asked)) : several
  const paths = new Set(chosen.map(({ inventory }) => inventory.path))
  const left = told
    .filter((each) => !ofKubespray.includes(each))
    .map(({ inventory }) => inventory.path)
    .filter((path) => !kubesprayFolders(tree).includes(`${path}/`))
  const samples = own.filter(({ inventory }) => !paths.has(inventory.path) && !inventory.isSample)
  const withPath = [...paths]
  return {
    inventories: chosen,
    all: [...chosen, ...told.filter(({ inventory }) => !paths.has(inventory.path))],
    leftOut: [
      ...left.map((path) => ({ path, why: 'no-kubespray' }) as const),
      ...samples.map(({ inventory }) => ({ path: inventory.path, why: 'sample' }) as const),
      ...all
        .filter(({ folder }) => withPath.some((path) => path === folder || parentOf(path) === folder))
        .flatMap(({ notRun }) => notRun.map((path) => ({ path, why: 'not-run' }) as const)),
    ],
  }
}

/** A command that does not say which inventory it runs, or names one that is not there, can mean the one alone. */
function asOnly(
  { inventory: { path, isSample } }: InventoryAsRun,
  found: readonly { readonly inventory: Inventory; readonly others: readonly string[] }[],
  asked: Asked,
): InventoryAsRun {
  const own = found.find(({ inventory }) => inventory.path === path)
  if (!own) throw new Error(`the inventory ${path} was found nowhere`)
  return withExtra(asked, { ...own, inventory: { ...own.inventory, isSample }, isOnly: true })
}

/** One that is run with exactly these files of hosts, whatever calls say; for whoever names it in the settings. */
export function inventoryOfFile(question: RunQuestion, path: string): InventoryAsRun | undefined {
  const { tree, base, texts } = question
  if (!isPlainFile(tree, path)) return undefined
  const calls = resolvedCalls(tree, candidatesIn(tree, base).callers, texts)
  const inventory = { ...inventoryIn(tree, parentOf(path)), path, hostFiles: [path], isSample: false }
  return withExtra({ ...question, calls }, { inventory, others: [], isOnly: false })
}

function isPlainFile(tree: Tree, path: string): boolean {
  const mode = tree.get(path)?.mode
  return mode === '100644' || mode === '100755'
}

function withNamed(
  { folders }: Candidates,
  calls: readonly ResolvedCall[],
  tree: Tree,
): ReadonlyMap<string, readonly string[]> {
  const all = new Map(folders)
  const named = calls.filter(({ isTold }) => !isTold).flatMap(({ inventories }) => inventories)
  for (const each of named) {
    for (const path of each.kind === 'found' ? each.paths : []) {
      const folder = isPlainFile(tree, path) ? parentOf(path) : path
      const own = isPlainFile(tree, path) ? [path] : hostFilesIn(tree, path)
      if (own.length > 0) all.set(folder, [...new Set([...(all.get(folder) ?? []), ...own])].sort())
    }
  }
  return all
}

function withoutExtra(inventory: Inventory): Inventory {
  return { ...inventory, extra: [] }
}

function withExtra(
  asked: Asked,
  {
    inventory,
    others,
    isOnly,
  }: { readonly inventory: Inventory; readonly others: readonly string[]; readonly isOnly: boolean },
): InventoryAsRun {
  const { sources, unknown } = extraSourcesFor(inventory, asked, isOnly)
  const handedIn = sources.map(({ path }) => path)
  return {
    inventory: { ...inventory, extra: sources },
    notes: [
      ...inventory.dynamic.map((file) => ({ kind: 'dynamic', file }) as const),
      ...unknown,
      ...unreadVariables(
        others.filter((path) => !handedIn.includes(path)),
        asked.texts,
      ),
    ],
  }
}

/**
 * Upstream's sample counts where there is nothing else, and then nobody decided it; a copy of it that nobody runs is none where there is another. One
 * that somebody's own command runs is theirs.
 */
function withoutSamples(
  own: readonly InventoryAsRun[],
  { calls, tree, base }: Asked,
): readonly InventoryAsRun[] {
  const isRun = ({ folder, hostFiles }: Inventory): boolean =>
    calls.some(
      ({ isTold, inventories }) =>
        !isTold &&
        inventories.some(
          (each) =>
            each.kind === 'found' &&
            each.paths.length === 1 &&
            [folder, ...hostFiles].includes(each.paths[0] ?? ''),
        ),
    )
  const told = own.map((each): InventoryAsRun => {
    const { inventory } = each
    const isTheirs = inventory.isSample && isRun(inventory) && !isAsIn(base, tree, withoutExtra(inventory))
    return isTheirs ? { ...each, inventory: { ...inventory, isSample: false } } : each
  })
  const others = told.filter(
    ({ inventory }) => !/(?:^|\/)samples?$/.test(inventory.folder) || isRun(inventory),
  )
  const theirs = others.filter(({ inventory }) => !inventory.isSample)
  return theirs.length > 0 ? theirs : told
}
