import type { Command } from 'commander'
import type { RouteOptions } from '../commands/run-route.ts'

/** `multiarch route`: the way up from a state given by hand, without a fork. */
export function addRoute(program: Command, setCode: (code: number) => void): void {
  program
    .command('route')
    .description('plan the way from a release and a Kubernetes version to the newest, without a repository')
    .requiredOption('--from <tag>', 'the release that runs')
    .requiredOption('--kubernetes <version>', 'the Kubernetes that runs')
    .option('--architectures <list>', 'the architectures of the nodes, `amd64,arm64`', 'amd64')
    .option('--container-manager <name>', "what the nodes run (default: each release's own default)")
    .option('--to <tag>', 'the release to end at (default: the newest)')
    .option('--upstream <path or url>', "a clone with upstream's tags (default: the one this runs in)")
    .option('--report <file>', 'write the route to a file as well (.html or .md)')
    .option('--json', 'print JSON')
    .action(async (options: RouteOptions) => {
      const { runRoute } = await import('../commands/run-route.ts')
      setCode(await runRoute(options))
    })
}
