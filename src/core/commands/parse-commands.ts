import { CONFLICT_SIDES } from '../model/sides.ts'
import { nearest } from '../model/nearest.ts'
import { readReleaseTag } from '../model/release-tag.ts'
import { COMMANDS, findRule, PREFIX, usageOf, type Command, type CommandRule } from './commands.ts'
import { proseOf, type ProseLine } from './prose-of.ts'
import { withoutEnd } from '../text/split-spans.ts'

/** Where something stands in a comment, both counted from 1. */
interface InComment {
  readonly line: number
  readonly column: number
}

type PlacedCommand = Command & InComment

export interface CommandProblem extends InComment {
  readonly code:
    | 'unknown-command'
    | 'missing-argument'
    | 'unexpected-argument'
    | 'no-release'
    | 'no-side'
    | 'too-many-commands'
  /** One whole sentence, in Markdown: what was read and what to write instead. */
  readonly message: string
}

export interface ParsedComment {
  /** In the order they were written, each once. */
  readonly commands: readonly PlacedCommand[]
  readonly problems: readonly CommandProblem[]
}

/** More than anybody means in one comment; each costs a job and an answer. */
const MAX_COMMANDS = 10

/** GitHub's own limit of a comment; text from elsewhere is cut there before it is looked at. */
const MAX_COMMENT = 65_536

/** Reads the commands of a comment: lines of its talk that begin with `/multiarch`. */
export function parseCommands(comment: string): ParsedComment {
  // Most comments are not for us, and parsing Markdown is the dear part.
  if (!comment.toLowerCase().includes(PREFIX)) return { commands: [], problems: [] }
  const lines = proseOf(comment.slice(0, MAX_COMMENT)).filter(isCommandLine)
  const parsed = lines.slice(0, MAX_COMMANDS).map(parseLine)
  const commands = parsed.filter((each) => 'name' in each)
  const problems = parsed.filter((each) => 'code' in each)
  return { commands: onceEach(commands), problems: [...problems, ...tooMany(lines)] }
}

function isCommandLine({ text }: ProseLine): boolean {
  return /^\/multiarch(?![\w/.-])/i.test(text)
}

function parseLine({ text, line, column }: ProseLine): PlacedCommand | CommandProblem {
  const said = text.slice(PREFIX.length)
  const [, gap = '', word = '', rest = ''] = /^([\s:,\0]*)([^\s\0]*)(.*)/s.exec(said) ?? []
  const name = withoutEnd(word, '.,;:!?')
  const start = { line, column }
  const at = { line, column: column + PREFIX.length + gap.length }
  if (name === '') return { name: 'help', ...start }
  const rule = findRule(name)
  if (!rule) return unknownCommand(name, at)
  const argument = readArgument(rest)
  if (rule.argument === undefined && argument !== '') return unexpectedArgument(rule, argument, at)
  if (rule.argument !== undefined && argument === '') return missingArgument(rule, at)
  return withArgument(rule, argument, { start, at })
}

function withArgument(
  { name, argument: takes }: CommandRule,
  argument: string,
  { start, at }: { readonly start: InComment; readonly at: InComment },
): PlacedCommand | CommandProblem {
  if (takes === undefined) return { name, ...start } as PlacedCommand
  if (takes === 'patch') return { name, patch: argument, ...start } as PlacedCommand
  if (takes === 'side') return withSide({ name, argument: takes }, argument, { start, at })
  const release = readReleaseTag(argument.startsWith('v') ? argument : `v${argument}`)
  return release ? ({ name, release, ...start } as PlacedCommand) : noRelease(argument, at)
}

/** The side stands last, where it cannot be taken for a word of a title. */
function withSide(
  rule: Pick<CommandRule, 'name' | 'argument'>,
  argument: string,
  { start, at }: { readonly start: InComment; readonly at: InComment },
): PlacedCommand | CommandProblem {
  const word = withoutEnd(argument.split(' ').at(-1) ?? '', '.,;:!?')
  const side = CONFLICT_SIDES.find((each) => each === word.toLowerCase())
  const patch = bareArgument(argument.slice(0, argument.lastIndexOf(' ') + 1))
  if (side && patch !== '') return { name: rule.name, patch, side, ...start } as PlacedCommand
  const missing = side ? 'a patch before that' : 'a side at its end'
  const message = `\`${usageOf(rule)}\` needs ${missing}: ${SIDES}.`
  return { code: side ? 'missing-argument' : 'no-side', message, ...at }
}

const SIDES =
  'the patch by its number in the table, perhaps one of its files, and then `mine` (what the patch wants), `upstream` (what the release has) or `both`'

/** Without what people put around an argument: quotes, the angle brackets of the usage line, a full stop. */
function readArgument(rest: string): string {
  const trimmed = rest
    .replace(/\p{Cc}/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return bareArgument(trimmed).slice(0, 200)
}

function bareArgument(text: string): string {
  const trimmed = text.trim()
  return (/^(["'<])(.*)[>"']$/.exec(trimmed)?.[2] ?? trimmed).trim()
}

function unknownCommand(word: string, at: InComment): CommandProblem {
  const meant = nearest(
    word,
    COMMANDS.map(({ name }) => name),
  )
  const rule = meant && findRule(meant)
  const hint = rule ? `Did you mean \`${usageOf(rule)}\`?` : `\`${PREFIX} help\` lists what I know.`
  return {
    code: 'unknown-command',
    message: `I do not know the command \`${quotable(word)}\`. ${hint}`,
    ...at,
  }
}

function unexpectedArgument(rule: CommandRule, argument: string, at: InComment): CommandProblem {
  const message = `\`${usageOf(rule)}\` takes nothing after it, and I read \`${quotable(argument)}\`. I did nothing, in case you meant something else.`
  return { code: 'unexpected-argument', message, ...at }
}

function missingArgument(rule: CommandRule, at: InComment): CommandProblem {
  const how = {
    patch: 'a patch: its number in the table, the beginning of its commit id, or words of its title',
    release: 'a release: a tag such as `v2.30.0`',
    side: SIDES,
  }[rule.argument ?? 'patch']
  return { code: 'missing-argument', message: `\`${usageOf(rule)}\` needs ${how}.`, ...at }
}

function noRelease(argument: string, at: InComment): CommandProblem {
  const message = `\`${quotable(argument)}\` is no release of Kubespray; write its whole tag, such as \`v2.30.0\`.`
  return { code: 'no-release', message, ...at }
}

function tooMany(lines: readonly ProseLine[]): readonly CommandProblem[] {
  const first = lines[MAX_COMMANDS]
  if (!first) return []
  const message = `This comment holds ${lines.length} commands and I answer at most ${MAX_COMMANDS} at once; I left out those from this line on.`
  return [{ code: 'too-many-commands', message, line: first.line, column: first.column }]
}

/** What somebody wrote goes back to them inside a code span, which nothing in it may end or turn round. */
function quotable(text: string): string {
  const visible = text.replace(/[\p{Cc}\p{Cf}]/gu, '')
  const short = visible.length > 60 ? `${visible.slice(0, 59)}…` : visible
  return short.replaceAll('`', "'")
}

function onceEach(commands: readonly PlacedCommand[]): readonly PlacedCommand[] {
  const seen = new Map<string, PlacedCommand>()
  for (const command of commands) {
    const key = JSON.stringify({ ...command, line: 0, column: 0 })
    if (!seen.has(key)) seen.set(key, command)
  }
  return [...seen.values()]
}
