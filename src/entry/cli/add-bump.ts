import type { Command } from 'commander'
import { addStep } from './add-step.ts'
import { OPTION } from './option.ts'

/** `multiarch bump`: the next Kubernetes in the release the fork stands on, as edits of its inventories. */
export function addBump(program: Command, setCode: (code: number) => void): void {
  const options = [
    OPTION.inventories,
    ['--as <name>', 'the branch to write (default: multiarch/kubernetes-X.Y.Z)'],
    ...[OPTION.kubernetes, OPTION.upstream, OPTION.dryRun, OPTION.report, OPTION.json],
  ] as const
  const description = 'move Kubernetes up by one step in the inventories, as a new branch of the clone'
  addStep(
    {
      name: 'bump',
      description,
      options,
      load: async () => (await import('../commands/bump-step.ts')).bumpStep,
    },
    program,
    setCode,
  )
}
