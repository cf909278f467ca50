import type { Command } from 'commander'
import { addStep } from './add-step.ts'
import { OPTION } from './option.ts'

/** `multiarch upgrade`: carries the fork onto the next or a named release and writes the branch. */
export function addUpgrade(program: Command, setCode: (code: number) => void): void {
  const options = [
    ['--onto <tag>', "the release to go to (default: the plan's next)"],
    OPTION.patches,
    ['--as <name>', 'the branch to write (default: multiarch/kubespray-X.Y.Z)'],
    ...[OPTION.cluster, OPTION.kubernetes, OPTION.upstream, OPTION.fork],
    ...[OPTION.checkImages, OPTION.registry],
    ...[OPTION.dryRun, OPTION.report, OPTION.json, OPTION.quiet],
  ] as const
  const description =
    "carry a fork's patches onto a release and edit its inventories, as a new branch of the clone"
  addStep(
    {
      name: 'upgrade',
      description,
      options,
      examples: [
        ['multiarch upgrade', 'in a clone of the fork: writes the branch of the next step'],
        ['multiarch upgrade --dry-run --report step.html', 'writes nothing but a page to read'],
        ['multiarch upgrade ~/kubespray --onto v2.28.0', 'to a release of your choice'],
      ],
      waits: 'a branch was written, and a person is needed: a conflict, an error',
      page: 'cli.md#multiarch-upgrade-repo',
      load: async () => (await import('../commands/upgrade-step.ts')).upgradeStep,
    },
    program,
    setCode,
  )
}
