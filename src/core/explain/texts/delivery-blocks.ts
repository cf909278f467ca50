import { short, type Oid } from '../../model/oid.ts'
import { heading, paragraph, type Block } from '../blocks/block.ts'
import { code, say, type Text } from '../blocks/text.ts'
import { shellWord } from '../explain-command.ts'
import { reasonOf } from '../trouble/git-trouble.ts'

/** How a branch that was written gets to where it is reviewed. */
export interface Delivery {
  /** The clone, as it was named on the command line. */
  readonly repo: string
  /** The fork's own remote; absent where the clone has none. */
  readonly remote?: {
    readonly name: string
    /** On a GitHub, as `gh` takes it; absent where it is elsewhere. */
    readonly repository?: string
    /** Whether the branch that the step is for was seen there. */
    readonly hasBase: boolean
  }
  readonly base: string
  /** Whether that one was started with it, and has to be pushed as well. */
  readonly isStarted?: boolean
  readonly branch: string
  readonly title: string
  readonly body: BodyFile
  readonly isDraft: boolean
}

/** Where the text of the pull request was written to, or could not be, and what the system calls the reason. */
export type BodyFile = { readonly file: string } | { readonly lost: string; readonly errno: string }

interface WrittenFacts {
  readonly name: string
  readonly tip: Oid
  readonly change: 'created' | 'moved' | 'unchanged'
}

/** What became of the branch, and the commands that put it up for review. */
export function deliveryBlocks(written: WrittenFacts, delivery: Delivery): readonly Block[] {
  const { remote } = delivery
  const missing = say`This clone has no remote that is your fork’s. Add it first: ${code('git remote add origin')} and its address.`
  return [
    heading(2, say`Next`),
    paragraph(writtenSentence(written)),
    ...(remote ? [] : [paragraph(missing)]),
    paragraph(howSentence(delivery)),
    commandLines([pushCommand(delivery), ...pullRequestCommand(delivery)]),
  ]
}

function howSentence({ remote, body }: Delivery): Text {
  if ('lost' in body)
    return say`The text for its pull request could not be written (${code(body.lost)}: ${reasonOf(body.errno)}). ${code('--report FILE.md')} puts it where there is room. To push the branch:`
  return remote?.repository === undefined
    ? say`To push it; the text for its pull request is in ${code(body.file)}:`
    : say`To put it up for review; its text is in ${code(body.file)}:`
}

function writtenSentence({ name, tip, change }: WrittenFacts): Text {
  return change === 'unchanged'
    ? say`Nothing to do: ${code(name)} is what I would write (${short(tip)}).`
    : say`Wrote branch ${code(name)} at ${short(tip)} (working tree untouched).`
}

function pushCommand({ repo, remote, base, branch, isStarted = false }: Delivery): string {
  const git = repo === '.' ? 'git' : `git -C ${shellWord(repo)}`
  const isMissing = remote ? !remote.hasBase : isStarted
  const branches = isMissing ? [base, branch] : [branch]
  return [git, 'push', shellWord(remote?.name ?? 'origin'), ...branches.map(shellWord)].join(' ')
}

/** The repository is named, since `gh` goes to upstream's by itself in a clone of a fork. */
function pullRequestCommand({ remote, base, branch, title, body, isDraft }: Delivery): readonly string[] {
  if (remote?.repository === undefined || 'lost' in body) return []
  const options = [
    ['--repo', remote.repository],
    ['--base', base],
    ['--head', branch],
    ['--title', title],
    ['--body-file', body.file],
  ]
  const words = options.flatMap(([option = '', value = '']) => [option, shellWord(value)])
  return [['gh pr create', ...(isDraft ? ['--draft'] : []), ...words].join(' ')]
}

/** What a dry run would have written, and the command that writes it. */
export function dryRunBlocks(command: string): readonly Block[] {
  return [
    heading(2, say`Next`),
    paragraph(say`Dry run: nothing was written. This writes the branch:`),
    commandLines([command]),
  ]
}

/** The command for what comes next. */
export function nextCommand(command: string): readonly Block[] {
  return [heading(2, say`Next`), commandLines([command])]
}

/** Ready to paste: never wrapped. */
function commandLines(commands: readonly string[]): Block {
  return { kind: 'lines', lines: commands, language: 'sh', isWhole: true }
}
