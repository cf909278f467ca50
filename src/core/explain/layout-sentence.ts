import type { Gitlink, Layout, Pin } from '../layout/layout.ts'
import { grouped } from '../model/collections/grouped.ts'
import { short } from '../model/oid.ts'
import { parentOf } from '../model/parent-of.ts'
import type { Base } from '../series/series.ts'
import { enumerated } from '../text/enumerated.ts'
import { code } from './blocks/plain.ts'
import { plural } from './plural.ts'

/** Where Kubespray stands in a repository, as part of a sentence: `as a submodule at kubespray`. */
export function layoutPhrase(layout: Layout): string {
  switch (layout.kind) {
    case 'root':
      return 'at the top of the repository'
    case 'folder':
      return `in the folder ${code(layout.path)}`
    case 'submodule':
      return `as a submodule at ${code(layout.gitlink.path)}${layout.fork === undefined ? '' : ` of your fork ${code(layout.fork)}`}`
    case 'pin':
      return enumerated(
        [...grouped(layout.pins, ({ reaches }) => reaches)].map(
          ([reaches, pins]) => `${PHRASES[reaches]} (${enumerated(placesOf(pins))})`,
        ),
      )
    case 'inventory':
      return 'outside of the repository, which holds its inventories alone'
  }
}

const PHRASES: Readonly<Record<Pin['reaches'], string>> = {
  image: 'as an image',
  collection: 'as an Ansible collection',
  clone: 'as a clone that a script makes',
  archive: 'as an archive that is downloaded',
  raw: 'by files that are fetched from it',
  page: 'by a link to its release',
}

/** Four places are enough to know which is meant; the rest is counted. */
const MOST_PLACES = 4

/** Pins by file and line. */
export function placesOf(pins: readonly Pin[]): readonly string[] {
  const places = pins.map(placeOf)
  const rest = places.length - MOST_PLACES
  return rest > 0 ? [...places.slice(0, MOST_PLACES), plural(rest, 'more place')] : places
}

export function placeOf({ file, line }: Pick<Pin, 'file' | 'line'>): string {
  return code(`${file}:${line}`)
}

export function gitlinkPhrase({ path, commit, url }: Gitlink): string {
  const from = url === undefined ? '`.gitmodules` does not say where it comes from' : `from ${code(url)}`
  return `the submodule ${code(path)} at ${short(commit)} (${from})`
}

/** What the repository holds and how the release was found, in one sentence; nothing where Kubespray stands at its top. */
export function layoutSentence(layout: Layout, { release, exact, commit, found }: Base): string {
  if (layout.kind === 'root') return ''
  const at = exact ? code(release) : `${short(commit)}, after ${code(release)}`
  if (layout.kind === 'inventory') {
    const by = layout.pins[0] ? placeOf(layout.pins[0]) : '`base` in the settings'
    return `This repository holds inventories alone; by ${by} they are run with Kubespray ${at}.${patchesSentence(layout)}`
  }
  const by = found === 'settings' ? ' (by `base` in the settings)' : ''
  return `Kubespray is used here ${layoutPhrase(layout)}, at ${at}${by}.${patchesSentence(layout)}`
}

function patchesSentence(layout: Layout): string {
  const patches = 'patches' in layout ? (layout.patches ?? []) : []
  const [first] = patches
  if (first === undefined) return ''
  const names =
    patches.length === 1 ? code(first) : `${plural(patches.length, 'patch file')} in ${code(parentOf(first))}`
  return ` ${names} ${patches.length === 1 ? 'is' : 'are'} applied to it.`
}
