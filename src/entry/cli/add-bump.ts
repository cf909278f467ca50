import type { Command } from 'commander'
import { addStep } from './add-step.ts'
import { OPTION } from './option.ts'

/** `multiarch bump`: the next Kubernetes in the release the fork stands on, as edits of its inventories. */
export function addBump(program: Command, setCode: (code: number) => void): void {
  const options = [
    OPTION.inventories,
    ['--as <name>', 'the branch to write (default: multiarch/kubernetes-X.Y.Z)'],
    ...[OPTION.cluster, OPTION.kubernetes, OPTION.upstream, OPTION.fork, OPTION.dryRun],
    ...[OPTION.report, OPTION.json, OPTION.quiet],
  ] as const
  const description = 'move Kubernetes up by one step in the inventories, as a new branch of the clone'
  addStep(
    {
      name: 'bump',
      description,
      options,
      examples: [
        ['multiarch bump', 'in a clone of the fork: writes the branch of the next Kubernetes'],
        ['multiarch bump --kubernetes 1.33.4 --dry-run', 'where the inventory does not say what runs'],
      ],
      waits: 'a person is needed: the way is blocked, something would fail',
      page: 'cli.md#multiarch-bump-repo',
      load: async () => (await import('../commands/bump-step.ts')).bumpStep,
    },
    program,
    setCode,
  )
}
