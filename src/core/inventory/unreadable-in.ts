import type { Problem } from '../model/problem.ts'

/** Those of an inventory's problems that keep a file from being read. */
export function unreadableIn(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ code }) => !TOLERATED.includes(code))
}

/** What Ansible takes all the same; everything else keeps a file from being read, by Ansible as by us. */
const TOLERATED = ['yaml-duplicate-key', 'variable-set-twice', 'variable-asked', 'inventory-file-not-read']
