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
