import type { Command } from 'commander'
import { addStep } from './add-step.ts'
import { OPTION } from './option.ts'

/** `multiarch init`: the settings of a repository, and the workflow that runs the Action there, as a branch to review. */
export function addInit(program: Command, setCode: (code: number) => void): void {
  const options = [
    ['--workflow', 'add the workflow that runs the Action as well'],
    OPTION.patches,
    ['--as <name>', 'the branch to write (default: multiarch/onboarding)'],
    ...[OPTION.kubernetes, OPTION.upstream, OPTION.fork, OPTION.dryRun, OPTION.json, OPTION.quiet],
  ] as const
  addStep(
    {
      name: 'init',
      description: 'propose the settings with what is found, as a new branch of the clone',
      options,
      examples: [
        ['multiarch init', 'in a clone of the fork: writes a branch that adds the settings'],
        ['multiarch init --workflow', 'with the workflow that looks once a day'],
        ['multiarch init --dry-run', 'shows the files and writes nothing'],
      ],
      waits: 'a branch was written, and its settings ask you something',
      page: 'cli.md#multiarch-init-repo',
      load: async () => (await import('../commands/init-step.ts')).initStep,
    },
    program,
    setCode,
  )
}
