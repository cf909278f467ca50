import type { Files } from './audited.ts'
import { checkedIn, cluster } from './checked-release.ts'

/** What is said of each check, in the order in which a play comes by: its condition, where it fails, else its answer. */
function answers(files: Files): readonly string[] {
  return checkedIn(files, ['amd64']).map(({ answer, failures, left }) => {
    const why = left.map((each) => `${each.why} ${each.what}`).join(', ')
    if (answer === 'fails') return `fails ${failures[0]?.conditions.join(' & ') ?? ''}`
    return [answer, why].filter((each) => each !== '').join(': ')
  })
}

const BOOK = 'playbooks/upgrade_cluster.yml'

/** What is said of the checks of a release whose playbook is this, with roles by their tasks. */
export function played(
  book: string,
  roles: Readonly<Record<string, string>> = {},
  more: Files = {},
): readonly string[] {
  const tasks = Object.entries(roles).map(([name, text]): readonly [string, string] => [
    `roles/${name}/tasks/main.yml`,
    text,
  ])
  const { [BOOK]: _book, 'roles/validate_inventory/tasks/main.yml': _tasks, ...rest } = cluster('x: 1', '')
  return answers({ ...rest, [BOOK]: book, ...Object.fromEntries(tasks), ...more })
}

/** A text further in. */
export const indented = (text: string, by = '    '): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => by + line)
    .join('\n')

/** A task that sets one fact. */
export const fact = (name: string, value: string, rest = ''): string =>
  `- set_fact:\n    ${name}: ${value}\n${rest}`
