import type { Command } from 'commander'
import { defined } from '../../core/model/defined.ts'
import { routeByHand } from '../../app/plan/route-by-hand.ts'
import type { Route } from '../../core/plan/step.ts'
import { catalogueCache } from './catalogue-cache.ts'
import { routeJson } from '../print/plan-json.ts'
import { EXIT } from './exit.ts'
import { routeLines, routeTitle } from '../print/route-lines.ts'
import { readArchitectures } from './read-architectures.ts'
import { withUpstream } from './with-upstream.ts'
import { writeReport } from './write-report.ts'
import { say, sayJson } from '../print/say.ts'

interface Options {
  readonly from: string
  readonly kubernetes: string
  readonly architectures: string
  readonly containerManager?: string
  readonly to?: string
  readonly upstream?: string
  readonly json?: true
  readonly report?: string
}

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
    .action(async (options: Options) => setCode(await route(options)))
}

async function route(options: Options): Promise<number> {
  const { from, kubernetes, containerManager, to, upstream } = options
  const architectures = readArchitectures(options.architectures)
  const found = await withUpstream(upstream, (store) =>
    routeByHand(store, {
      from,
      kubernetes,
      architectures,
      ...defined({ containerManager }),
      ...defined({ to }),
      cache: catalogueCache(),
    }),
  )
  const text = printRoute(found, `${from} with Kubernetes ${kubernetes}`)
  if (options.json) sayJson(routeJson(found))
  else say(text)
  if (options.report) await writeReport(options.report, { title: 'Route', terminal: text })
  return found.stopped ? EXIT.person : EXIT.done
}

function printRoute(found: Route, from: string): string {
  return [routeTitle(found, from), ...routeLines(found)].join('\n') + '\n'
}
