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

export interface RouteOptions {
  readonly from: string
  readonly kubernetes: string
  readonly architectures: string
  readonly containerManager?: string
  readonly to?: string
  readonly upstream?: string
  readonly json?: true
  readonly report?: string
}

export async function runRoute(options: RouteOptions): Promise<number> {
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
