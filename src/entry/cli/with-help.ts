import type { Command } from 'commander'

/** Where the documents are read; with a page behind it the address would be longer than a line. */
const ADDRESS = 'https://github.com/kubespray-multiarch/kubespray-multiarch'

/** Columns of every help: what a terminal has at least. */
export const HELP_WIDTH = 80

interface Help {
  /** Command lines to copy, each with what it is for. */
  readonly examples: readonly (readonly [line: string, what: string])[]
  /** The exit codes that the command ends with beside 1, and when. */
  readonly codes: readonly (readonly [code: 0 | 2 | 3, when: string])[]
  /** The page that says more, by its name in the documents. */
  readonly page: string
}

/** What stands below the options of every command: examples, exit codes, and where more is said. */
export function withHelp(command: Command, { examples, codes, page }: Help): Command {
  const shown = [
    'Examples:',
    ...examples.flatMap(([line, what]) => [`  $ ${line}`, `      ${what}`]),
    '',
    'Exit codes:',
    ...[...codes, DEFECT].toSorted(([a], [b]) => a - b).map(([code, when]) => `  ${code}  ${when}`),
    '',
    `More: docs/${page}`,
    `      ${ADDRESS}`,
  ]
  return command.addHelpText('after', `\n${shown.join('\n')}\n`)
}

const DEFECT = [1, 'a defect of ours; the message says where'] as const

/** Codes that most commands share. */
export const CODE = {
  done: [0, 'done, nothing to ask'],
  wrong: [2, 'wrong usage or input, or something stands in the way; no branch moved'],
} as const
