import type { Problem } from '../../model/problem.ts'
import { code } from '../blocks/plain.ts'

/** What a release says of the Ansible that runs it. */
interface AnsibleWanted {
  readonly min?: string
  readonly maxExclusive?: string
  /** The lines of its `requirements.txt` that name Ansible. */
  readonly packages: readonly string[]
}

export function unknownAnsible(wanted: AnsibleWanted): Problem {
  return {
    code: 'no-ansible',
    message: `I find no ${code('ansible-playbook')} here, and this asks Ansible itself: ${install(wanted)}.`,
  }
}

export function unfitAnsible({
  installed,
  ...wanted
}: AnsibleWanted & { readonly installed: string }): Problem {
  return {
    code: 'unfit-ansible',
    message: `Ansible ${installed} is installed, and this release takes ${range(wanted)}, so its answers would not count: ${install(wanted)}.`,
  }
}

/** Ansible is there and ends before it says what it is. */
export function brokenAnsible(words: string): Problem {
  return {
    code: 'broken-ansible',
    message: `Ansible is installed and does not start: ${words.replace(/\s+/g, ' ').trim()}`,
  }
}

function range({ min, maxExclusive }: AnsibleWanted): string {
  if (min === undefined) return `versions before ${maxExclusive ?? ''}`
  return maxExclusive === undefined ? `${min} or newer` : `${min} or newer and below ${maxExclusive}`
}

function install(wanted: AnsibleWanted): string {
  const { packages, min, maxExclusive } = wanted
  const named = packages.length > 0 ? ` (${packages.map(code).join(', ')})` : ''
  const bounds = min === undefined && maxExclusive === undefined ? '' : `, ${range(wanted)}`
  return packages.length > 0
    ? `install what the release's ${code('requirements.txt')} names${named}, best into an environment of its own, and run me again`
    : `install Ansible${bounds}, and run me again`
}
