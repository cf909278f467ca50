import { releaseBranch, type ReleaseTag } from '../model/release-tag.ts'
import type { Layout, Pin } from './layout.ts'

/** All that name the release, beside a submodule's entry in the tree. */
export function pinsOf(layout: Layout): readonly Pin[] {
  switch (layout.kind) {
    case 'root':
      return []
    case 'folder':
    case 'submodule':
      return layout.twins
    case 'pin':
    case 'inventory':
      return layout.pins
  }
}

/** Places that a step leaves as they are and that name the release it comes from, or the branch of it: who reads them runs what was before. */
export function toldPins(layout: Layout, from: ReleaseTag): readonly Pin[] {
  const others = layout.kind === 'root' ? [] : (layout.others ?? [])
  return others.filter(({ only, says }) => {
    if (only !== 'readme' && only !== 'commented-out') return false
    return says.kind === 'release'
      ? says.release === from
      : says.kind === 'branch' && says.branch === releaseBranch(from)
  })
}
