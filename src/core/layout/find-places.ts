import { findInventories } from '../inventory/find-inventories.ts'
import { defined } from '../model/defined.ts'
import { isInside, nameOf } from '../model/parent-of.ts'
import type { Tree } from '../model/tree.ts'
import { allThatMayTell, mayTell } from './files-that-may-tell.ts'
import { findPins } from './find-pins.ts'
import { copiesOfKubespray, holdsKubespray } from './holds-kubespray.ts'
import type { Gitlink, LayoutPlaces } from './layout.ts'
import { readGitmodules, type SubmoduleSection } from './read-gitmodules.ts'

/** Everything of a tree that speaks of Kubespray; `texts` are those of `filesThatMayTell`. */
export function findPlaces(tree: Tree, texts: ReadonlyMap<string, string>): LayoutPlaces {
  const isRoot = holdsKubespray(tree)
  const folders = copiesOfKubespray(tree)
  const sections = readGitmodules(texts.get('.gitmodules') ?? '')
  const own = new Map([...tree].filter(([path]) => !folders.some((folder) => isInside(path, folder))))
  return {
    isRoot,
    folders: isRoot ? folders.filter((folder) => !UPSTREAMS.test(folder)) : folders,
    gitlinks: gitlinksOf(own, sections),
    missingGitlinks: missingOf(tree, sections),
    pins: findPins(new Map([...texts].filter(([path]) => mayTell(path, folders, isRoot)))),
    inventories: inventoriesOf(own),
    read: texts.size,
    unread: allThatMayTell(tree).filter((path) => !texts.has(path)),
  }
}

/** Where releases keep things that look like a tree of their own. */
const UPSTREAMS = /^(?:contrib|docs|tests|roles|playbooks|extra_playbooks)(?:\/|$)/

function gitlinksOf(tree: Tree, sections: readonly SubmoduleSection[]): readonly Gitlink[] {
  return [...tree]
    .filter(([, { mode }]) => mode === '160000')
    .map(([path, { oid }]) => {
      const section = sections.find((each) => each.path === path)
      const named = howNamed(section?.url ?? path)
      const branch = section?.branch && { file: '.gitmodules', ...section.branch }
      return { path, commit: oid, ...defined({ named, url: section?.url, branch }) }
    })
}

/** The last part of a URL or path is what it is called; a word in it may be anything that has to do with it. */
function howNamed(place: string): Gitlink['named'] {
  const name = nameOf(
    place
      .replace(/\/$/, '')
      .replace(/\.git$/i, '')
      .replaceAll(':', '/'),
  )
  if (/^(?:kubespray|kargo)$/i.test(name)) return 'exact'
  return /kubespray|kargo/i.test(name) ? 'loose' : undefined
}

function missingOf(tree: Tree, sections: readonly SubmoduleSection[]): LayoutPlaces['missingGitlinks'] {
  return sections.flatMap(({ path, url = '', line }) => {
    if (path === undefined || tree.get(path)?.mode === '160000') return []
    return howNamed(url) || (url === '' && howNamed(path)) ? [{ path, url, line }] : []
  })
}

/** Upstream's sample is nobody's, wherever it was copied to as it is. */
function inventoriesOf(tree: Tree): readonly string[] {
  return findInventories(tree)
    .filter(
      ({ isSample, variableFiles, hostFiles }) => !isSample && variableFiles.length + hostFiles.length > 0,
    )
    .map(({ path }) => path)
}
