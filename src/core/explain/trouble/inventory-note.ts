import type { InventoryNote, LeftOutInventory } from '../../inventory/as-run/inventories-as-run.ts'
import type { HeldVariable } from '../../inventory/change.ts'
import type { Problem } from '../../model/problem.ts'
import { code } from '../blocks/plain.ts'

/** What a person should know of how an inventory is read. */
export function inventoryNote(note: InventoryNote): Problem {
  switch (note.kind) {
    case 'dynamic':
      return {
        code: 'inventory-dynamic',
        message: `Ansible asks ${code(nameOf(note.file))} for the hosts when it runs, so I do not know them; I go by the variables alone.`,
        at: { file: note.file, line: 1, column: 1 },
      }
    case 'unknown-extra':
      return {
        code: 'extra-file-unknown',
        message: `This command passes ${code(note.written)} on top of the inventory, which I find nowhere in the repository: what it sets I do not know, and it would beat what I read.`,
        at: note.at,
      }
    case 'not-handed-in':
      return {
        code: 'variables-not-handed-in',
        message: `This file sets variables of Kubespray’s, and I found no command that hands it in with ${code(`-e @${nameOf(note.file)}`)}, so I do not count it. If you run it so, write the command into a Makefile, a script or the README.`,
        at: note.at,
      }
  }
}

/** Why something that looks like an inventory does not count. */
export function leftOutInventory({ path, why }: LeftOutInventory): Problem {
  const name = code(path === '' ? '.' : path)
  const reason = {
    'no-kubespray': `has neither groups nor variables of Kubespray’s, so I take it for another project’s`,
    'not-run': `is named by no command of this repository, while other files of hosts beside it are, so I leave it out`,
    sample: `is a sample that no command of this repository runs, so I leave it out`,
  }[why]
  return {
    code: `inventory-left-out-${why}`,
    message: `${name} ${reason}; ${code('inventories')} in the settings overrides that.`,
  }
}

export interface UnknownInventoryFacts {
  readonly path: string
  readonly by: 'config' | 'request'
  readonly near?: string
}

export function unknownInventory({ path, by, near }: UnknownInventoryFacts): Problem {
  const whose = by === 'config' ? `The config names the inventory ${code(path)}, and there` : 'There'
  const what = by === 'config' ? 'in that folder' : `in ${code(path)}`
  const settings = by === 'config' ? ` Please correct ${code('inventories')} in the settings.` : ''
  const hint = near === undefined ? settings : ` Did you mean ${code(near)}?`
  return {
    code: 'unknown-inventory',
    message: `${whose} is no file of hosts or ${code('group_vars')} ${what}.${hint}`,
  }
}

/** A variable that a command hands in over all inventories, and that I leave as it is there. */
export function heldVariable({ name, wanted, why, at }: HeldVariable): Problem {
  const what = {
    value: () => `Set it to ${code(wanted.kind === 'value' ? wanted.value : '')} there.`,
    name: () => `Call it ${code(wanted.kind === 'name' ? wanted.name : '')} there.`,
    gone: () => 'Remove it there.',
  }[wanted.kind]()
  const reason = {
    workflow: 'a workflow hands it in, and those I do not change',
    template: 'the command puts it together when it runs',
    words: 'a command hands it in by that name',
  }[why]
  return {
    code: 'extra-variable-held',
    message: `${code(name)} stays as it is, whatever the inventory says: ${reason}. ${what}`,
    at,
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
