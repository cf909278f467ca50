import { COMMANDS, usageOf, type CommandRule } from './commands.ts'

/** Renders `docs/commands.md` from the grammar; a test holds the page against it. */
export function renderCommandReference(): string {
  return [HEAD, ...COMMANDS.map((rule: CommandRule) => renderRule(rule)), FOOT].join('\n')
}

/** The answer to `/multiarch help`, for one place. */
export function renderHelp(place: 'pull' | 'dashboard'): string {
  const rows = COMMANDS.filter(({ places }: CommandRule) => places.includes(place)).map(
    (rule: CommandRule) => `- \`${usageOf(rule)}\` ${rule.help}`,
  )
  return ['These are the commands I know here:', '', ...rows].join('\n')
}

const HEAD = `# Commands

<!-- Written from src/core/commands/commands.ts by \`npm run docs\`; edit there. -->

Write a command on a line of its own in a comment on one of my pull requests, or on the dashboard issue:

\`\`\`
/multiarch recheck
\`\`\`

- Only people with write permission on the repository may give commands. Others get a polite answer, once.
- Text in code, quotations, links, headings and HTML is not a command, so you can talk about commands and quote me.
- A comment is read when it is written; editing it later does nothing. I never answer a bot, myself included.
- Every command is answered: an eyes reaction at once, for show, then the outcome in words, also when nothing changed.
- One without an answer of mine is found by the next look, on closed pull requests too, whatever became of its webhook.
- A refusal and an apology are answers: write the command again to have it done.
- Several commands in one comment run in their order, each once, at most ten. A word I do not know gets the nearest one I do.

A \`<patch>\` is its number in the pull request's table, the beginning of its commit id (four digits at least), or words of its title. A
\`<release>\` is a tag such as \`v2.30.0\`.
`

const FOOT = `## Buttons

The check on a pull request has two buttons, **Recheck** and **Rebase**. They do what the commands do, for the same people; GitHub's own
**Re-run** does what \`recheck\` does.
`

function renderRule(rule: CommandRule): string {
  const places = rule.places.length === 2 ? 'pull requests and the dashboard issue' : 'pull requests'
  return `## \`${usageOf(rule)}\`\n\nOn ${places}: ${rule.help}. ${rule.more}\n`
}
