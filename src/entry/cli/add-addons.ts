import type { Command } from 'commander'
import { addStep } from './add-step.ts'
import { OPTION } from './option.ts'

/** `multiarch addons`: switches off what gets in the way in the release the fork stands on, as a branch. */
export function addAddons(program: Command, setCode: (code: number) => void): void {
  const options = [
    OPTION.inventories,
    ['--as <name>', 'the branch to write (default: multiarch/addons-X.Y.Z)'],
    ...[OPTION.cluster, OPTION.upstream, OPTION.fork, OPTION.dryRun],
    ...[OPTION.report, OPTION.json, OPTION.quiet],
  ] as const
  const description =
    'switch off add-ons that break provisioning or are abandoned, as a new branch of the clone'
  addStep(
    {
      name: 'addons',
      description,
      options,
      examples: [
        ['multiarch addons --dry-run', 'says what it would switch off, and why'],
        ['multiarch addons', 'writes it as a branch'],
      ],
      waits: 'an add-on is asked about, or a switch could not be set',
      page: 'addons.md',
      load: async () => (await import('../commands/addons-step.ts')).addonsStep,
    },
    program,
    setCode,
  )
}
