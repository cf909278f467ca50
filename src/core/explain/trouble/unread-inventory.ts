import { defined } from '../../model/defined.ts'
import type { Problem } from '../../model/problem.ts'
import type { GoneFolder } from '../../series/gone-folders.ts'
import { enumerated } from '../../text/enumerated.ts'
import { code } from '../blocks/plain.ts'
import { plural } from '../plural.ts'

/** An inventory with files that nobody could read; it is left as it is. */
export interface UnreadInventory {
  /** Its folder; the empty string for the repository's root. */
  readonly path: string
  /** What is wrong in it, each at its place. */
  readonly problems: readonly Problem[]
}

export function unreadInventory({ path, problems }: UnreadInventory): Problem {
  const [first] = problems
  const more = problems.length > 1 ? ` (and ${plural(problems.length - 1, 'more fault')} in it)` : ''
  const place = first?.at ? `${code(`${first.at.file}:${first.at.line}`)}: ` : ''
  return {
    code: 'inventory-unreadable',
    message: `I cannot read the inventory ${code(path === '' ? '.' : path)}, so I leave it as it is and plan without it: ${place}${first?.message ?? ''}${more}`,
    ...defined({ at: first?.at }),
  }
}

/** Without a single inventory that can be read nothing says what runs. */
export function noneReadable(inventories: readonly UnreadInventory[]): string {
  const names = enumerated(inventories.map(({ path }) => code(path === '' ? '.' : path)))
  return `I cannot tell what runs in the cluster, because I cannot read ${names}.`
}

/** A folder that the release has not got any more, with changes of the fork in it. */
export function folderGone({ folder, titles, instead }: GoneFolder): Problem {
  const whose = enumerated(titles.map((title) => `“${title}”`))
  const where =
    instead === undefined ? 'I found nothing in its place.' : `${code(`${instead}/`)} may stand in its place.`
  return {
    code: 'folder-gone',
    message: `Upstream took the whole folder ${code(`${folder}/`)} away, and ${whose} changed files in it, which are not carried. ${where} Say whether the change is still needed there.`,
  }
}
