/** What a run of the Action found open. */
interface RunFacts {
  readonly onboarding?: { readonly number: number; readonly title: string; readonly body: string }
  readonly steps: readonly { readonly number: number; readonly title: string; readonly body: string }[]
  /** Something was put off for longer than a run may wait. */
  readonly isLeft: boolean
}

/** The page of a workflow's run: what waits for somebody. GitHub takes a megabyte. */
export function renderRun({ onboarding, steps, isLeft }: RunFacts): string {
  const parts = [
    ...(isLeft
      ? ['Not everything was done: GitHub asked me to wait longer than a run may. The next run goes on.']
      : []),
    ...(onboarding
      ? [`The settings wait for you to merge them: #${onboarding.number}. Nothing else happens before.`]
      : []),
    ...[...(onboarding ? [onboarding] : []), ...steps].map(
      ({ number, title, body }) => `## #${number} ${title}\n\n${body}`,
    ),
  ]
  return `${parts.join('\n\n') || 'No step is open.'}\n`
}

/** The warning of a run that could not wait for GitHub. */
export function leftOver(until: number, why: string): string {
  const time = new Date(until).toISOString().slice(0, 16).replace('T', ' ')
  return `Not everything was done: ${why}. It may go on from ${time} UTC; the next run by the clock looks at everything again, or run this workflow by hand then.`
}

export function broke(): string {
  return 'Something broke on my side, and trying again did not help. The lines “job failed” in this log say where; please report them.'
}

export function badToken(): string {
  return 'GitHub does not take the token (401). Was it revoked, or has it expired? Give the input `token` one that works in this repository: `${{ github.token }}`, or that of a GitHub App.'
}

export function noEvent(path: string): string {
  return `I cannot read what started this run: \`${path}\` of \`GITHUB_EVENT_PATH\` is no file with JSON.`
}
