import { candidatesIn } from '../../core/inventory/as-run/candidates.ts'
import { filesNamed } from '../../core/inventory/as-run/inventories-as-run.ts'
import { variableFiles } from '../../core/inventory/variable-files.ts'
import type { OwnFiles } from '../../core/layout/repository-view.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import { readTexts } from './read-texts.ts'

/** The files of a repository that say how Kubespray is run: inventories, what runs playbooks with them, and what that hands in. */
export async function readOwnFiles(store: Pick<ObjectReader, 'readBlobs'>, tree: Tree): Promise<OwnFiles> {
  const { files, callers, folders } = candidatesIn(tree)
  const mayBeHosts = [...folders.values()].flat()
  const read = [...new Set([...callers, ...mayBeHosts])]
  const { texts } = await readTexts(store, tree, read)
  const named = filesNamed({ tree, base: undefined, texts })
  const inventories = new Set([
    ...[...folders.keys()].flatMap((folder) => variablePaths(tree, folder)),
    ...mayBeHosts.filter((path) => !isPlaybook(texts.get(path) ?? '')),
    ...named,
  ])
  return {
    paths: new Set([...files, ...named]),
    callers: new Set(read.filter((path) => !inventories.has(path))),
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
