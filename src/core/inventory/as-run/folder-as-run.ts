import { nameOf, parentOf } from '../../model/parent-of.ts'
import { inventoryIn, kubesprayFolders, type Inventory } from '../find-inventories.ts'
import { alternatives, type ChosenHostFiles, type Hosts } from './alternatives.ts'
import { namesCluster, readHosts, type HostCandidate } from './read-hosts.ts'
import type { ResolvedCall } from './resolved-calls.ts'
import type { Asked } from './run-question.ts'

/** What a folder holds as it is run. */
interface FolderAsRun {
  readonly folder: string
  readonly inventories: readonly Inventory[]
  readonly notRun: readonly string[]
  /** Files of YAML beside the hosts that hold something else. */
  readonly others: readonly string[]
}

/** The inventories of one folder, by the calls that name its files and by what stands in these. */
export function folderAsRun(asked: Asked, folder: string, files: readonly string[]): FolderAsRun {
  const { tree, texts, calls } = asked
  const named = new Set(calls.flatMap((call) => filesOfCall(call, folder, files)))
  const found = files.map((path): HostCandidate => {
    const entry = tree.get(path)
    if (!entry) throw new Error(`${path} is in no tree`)
    return readHosts(path, { entry, text: texts.get(path), isCalled: named.has(path) })
  })
  const { sets, left } = chosenFiles(asked, folder, found)
  const dynamic = found.flatMap((each) => (each.kind === 'dynamic' ? [each.path] : []))
  const base = inventoryIn(tree, folder)
  const hostFiles = found.flatMap((each) =>
    each.kind === 'hosts' || each.kind === 'unreadable' ? [each.path] : [],
  )
  const describe = (own: readonly string[], isOnly: boolean): Inventory => ({
    ...base,
    path: isOnly ? folder : (own[0] ?? folder),
    hostFiles: own.filter((path) => !dynamic.includes(path)),
    dynamic: own.filter((path) => dynamic.includes(path)),
    besides: hostFiles.filter((path) => !own.includes(path)),
    isSample: base.isSample && kubesprayFolders(tree).includes(''),
  })
  const isAnything = base.variableFiles.length > 0 || base.shadowed.length > 0
  const chosen = sets.length === 0 && isAnything ? [[]] : sets
  return {
    folder,
    inventories: chosen.map((own) => describe(own, chosen.length === 1)),
    notRun: left,
    others: found.flatMap((each) =>
      each.kind === 'other' && /\.ya?ml$/i.test(each.path) ? [each.path] : [],
    ),
  }
}

/** The files of a folder that a call hands to Ansible by name. */
function filesOfCall(
  { inventories }: ResolvedCall,
  folder: string,
  files: readonly string[],
): readonly string[] {
  const paths = inventories.flatMap((each) => (each.kind === 'found' ? each.paths : []))
  return paths.filter((path) => parentOf(path) === folder && files.includes(path))
}

/** Calls say which files are run together; where none names one, what stands in the files does. */
function chosenFiles({ calls }: Asked, folder: string, found: readonly HostCandidate[]): ChosenHostFiles {
  const usable = found.filter(({ kind }) => kind !== 'other').map(({ path }) => path)
  const readable = found.filter((each): each is Hosts => each.kind === 'hosts')
  const rest = found.filter(({ kind }) => kind === 'dynamic' || kind === 'unreadable').map(({ path }) => path)
  const byContent = withRest(alternatives(readable), rest)
  for (const isTold of [false, true]) {
    const own = calls.filter((call) => call.isTold === isTold && call.applies)
    const sets = distinctSets(own.flatMap((call) => setsOfCall(call, folder, usable)))
    // A page tells which of several is meant, and is too often out of date to leave a file out that stands alone.
    if (sets.length === 0 || (isTold && byContent.sets.length < 2)) continue
    const left = readable.map(({ path }) => path).filter((path) => !sets.flat().includes(path))
    // What has no hosts, or nothing but names in it, is not somebody's cluster that is passed over.
    return {
      sets,
      left: left.filter((path) => readable.some((each) => each.path === path && namesCluster(each.file))),
    }
  }
  return byContent
}

/** A call of several files reads them together; a name put together when it runs stands for one after another. */
function setsOfCall(
  { inventories }: ResolvedCall,
  folder: string,
  usable: readonly string[],
): readonly (readonly string[])[] {
  const found = inventories.flatMap((each) => (each.kind === 'found' ? [each.paths] : []))
  const exact = found.filter((paths) => paths.length === 1).flat()
  const any = found.filter((paths) => paths.length > 1)
  const together = usable.filter((path) => exact.includes(path))
  const asFolder = [...exact, ...any.flat()].includes(folder) ? [readByFolder(usable)] : []
  const each = any.flat().filter((path) => usable.includes(path))
  return [...(together.length > 0 ? [together] : []), ...asFolder, ...each.map((path) => [path])].filter(
    (set) => set.length > 0,
  )
}

/** Given a folder, Ansible reads all in it but what has one of some endings, `.ini` among them; where that is all there is, nobody runs it so. */
function readByFolder(usable: readonly string[]): readonly string[] {
  const read = usable.filter((path) => !/\.(?:ini|cfg)$/i.test(nameOf(path)))
  return read.length > 0 ? read : usable
}

function distinctSets(sets: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(sets.map((set) => [set.join('\n'), set])).values()]
}

/** Scripts, and files that nobody can read, are no alternative to anything by themselves. */
function withRest({ sets, left }: ChosenHostFiles, rest: readonly string[]): ChosenHostFiles {
  if (rest.length === 0) return { sets, left }
  if (sets.length > 1) return { sets, left: [...left, ...rest] }
  return { sets: [[...(sets[0] ?? []), ...rest].sort()], left }
}
