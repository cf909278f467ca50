import type { Command } from 'commander'
import { releaseByHand } from '../../app/plan/route-by-hand.ts'
import { catalogueCache } from './catalogue-cache.ts'
import { EXIT } from './exit.ts'
import { printRelease } from '../print/print-release.ts'
import { withUpstream } from './with-upstream.ts'
import { writeReport } from './write-report.ts'
import { say, sayJson } from '../print/say.ts'

interface Options {
  readonly upstream?: string
  readonly json?: true
  readonly report?: string
}

/** `multiarch release`: what one release of Kubespray holds. */
export function addRelease(program: Command, setCode: (code: number) => void): void {
  program
    .command('release')
    .description('show what a release holds: Kubernetes versions by architecture, components, add-ons')
    .argument('<tag>', 'a release of Kubespray, `v2.31.0`')
    .option('--upstream <path or url>', "a clone with upstream's tags (default: the one this runs in)")
    .option('--report <file>', 'write it to a file as well (.html or .md)')
    .option('--json', 'print JSON')
    .action(async (tag: string, options: Options) => setCode(await release(tag, options)))
}

async function release(tag: string, options: Options): Promise<number> {
  const found = await withUpstream(options.upstream, (store) =>
    releaseByHand(store, { tag, cache: catalogueCache() }),
  )
  const text = printRelease(found)
  if (options.json) sayJson(found)
  else say(text)
  if (options.report) await writeReport(options.report, { title: `Kubespray ${found.tag}`, terminal: text })
  return EXIT.done
}
