import { candidatesIn } from '../../core/inventory/as-run/candidates.ts'
import { filesNamed } from '../../core/inventory/as-run/inventories-as-run.ts'
import { variableFiles } from '../../core/inventory/variable-files.ts'
import type { OwnFiles } from '../../core/layout/repository-view.ts'
import { isWithin, type ClusterScope } from '../../core/model/cluster/cluster-scope.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import { readTexts } from './read-texts.ts'

/**
 * The files of a repository that say how Kubespray is run: inventories, what runs playbooks with them, and what that hands in. Of one of
 * several clusters its own inventories alone, and whatever of the repository runs things.
 */
export async function readOwnFiles(
  store: Pick<ObjectReader, 'readBlobs'>,
  tree: Tree,
  cluster?: ClusterScope,
): Promise<OwnFiles> {
  const { files, callers, folders: all } = candidatesIn(tree)
  const isOwn = (path: string): boolean => !cluster || isWithin(path, cluster.own)
  const folders = new Map([...all].filter(([folder, hosts]) => isOwn(folder) || hosts.some(isOwn)))
  const mayBeHosts = [...all.values()].flat()
  const read = [...new Set([...callers, ...mayBeHosts])]
  const { texts } = await readTexts(store, tree, read)
  const { files: named, playbooks } = filesNamed({ tree, base: undefined, texts })
  const inventories = new Set([
    ...[...all.keys()].flatMap((folder) => variablePaths(tree, folder)),
    ...mayBeHosts.filter((path) => !isPlaybook(texts.get(path) ?? '')),
    ...named,
  ])
  const strange = new Set(
    [...all].flatMap(([folder, hosts]) =>
      folders.has(folder)
        ? []
        : [...variablePaths(tree, folder), ...hosts.filter((path) => inventories.has(path))],
    ),
  )
  for (const path of named) strange.delete(path)
  return {
    paths: new Set([...files, ...named, ...playbooks].filter((path) => !strange.has(path))),
    callers: new Set([...read, ...playbooks].filter((path) => !inventories.has(path))),
    folders: [...folders.keys()],
  }
}

/** Hosts are a mapping, or lines of an INI file; plays are a list. */
function isPlaybook(text: string): boolean {
  const first = text.split('\n').find((line) => !/^\s*(?:#.*)?$|^---/.test(line))
  return first !== undefined && /^\s*- /.test(first)
}

function variablePaths(tree: Tree, folder: string): readonly string[] {
  return variableFiles(tree, folder).variableFiles.map(({ path }) => path)
}
