import type { Command } from 'commander'
import { CODE, withHelp } from './with-help.ts'
import { OPTION } from './option.ts'
import type { RouteOptions } from '../commands/run-route.ts'

/** `multiarch route`: the way up from a state given by hand, without a fork. */
export function addRoute(program: Command, setCode: (code: number) => void): void {
  const command = program
    .command('route')
    .description('plan the way from a release and a Kubernetes version to the newest, without a repository')
    .requiredOption('--from <tag>', 'the release that runs')
    .requiredOption('--kubernetes <version>', 'the Kubernetes that runs')
    .option('--architectures <list>', 'the architectures of the nodes, `amd64,arm64`', 'amd64')
    .option('--container-manager <name>', "what the nodes run (default: each release's own default)")
    .option('--to <tag>', 'the release to end at (default: the newest)')
    .option(...OPTION.tags)
    .option('--report <file>', 'write the route to a file as well (.html or .md)')
    .option(...OPTION.json)
    .option(...OPTION.quiet)
  withHelp(command, {
    examples: [
      ['multiarch route --from v2.24.0 --kubernetes 1.28.6', 'from what runs to the newest'],
      ['multiarch route --from v2.24.0 --kubernetes 1.28.6 --to v2.26.0', 'as far as that'],
    ],
    codes: [CODE.done, CODE.wrong, [3, 'the way is blocked']],
    page: 'planning.md',
  })
  command.action(async (options: RouteOptions) => {
    const { runRoute } = await import('../commands/run-route.ts')
    setCode(await runRoute(options))
  })
}
