import type { Command } from 'commander'
import { upgrade, type Upgrade } from '../app/upgrade.ts'
import { SCHEMA, upgradeJson } from './cli-json.ts'
import { printUpgrade } from './cli-output.ts'
import { EXIT } from './exit.ts'
import { withClone } from './open-clone.ts'
import { checkReport, writeReport } from './write-report.ts'

interface Options {
  readonly onto?: string
  readonly branch?: string
  readonly as?: string
  readonly upstream?: string
  readonly dryRun?: true
  readonly json?: true
  readonly report?: string
}

/** `multiarch upgrade`: carries the fork onto the next or a named release and writes the branch. */
export function addUpgrade(program: Command, setCode: (code: number) => void): void {
  program
    .command('upgrade')
    .description("carry a fork's patches onto a release, as a new branch of the clone")
    .argument('<repo>', 'path of a clone; its working tree is not needed and not touched')
    .option('--onto <tag>', 'the release to go to (default: the next one)')
    .option('--branch <name>', 'the branch that holds the patches (default: the default branch)')
    .option('--as <name>', 'the branch to write (default: multiarch/kubespray-X.Y.Z)')
    .option('--upstream <path or url>', "where upstream's tags are, if the clone has none")
    .option('--dry-run', 'write nothing')
    .option('--report <file>', "write the proposal's text to a file (.md)")
    .option('--json', 'print JSON')
    .action(async (repo: string, options: Options) => setCode(await run(repo, options)))
}

async function run(repo: string, options: Options): Promise<number> {
  checkReport(options.report)
  const done = await withClone(
    {
      path: repo,
      for: options.dryRun ? 'reading' : 'writing',
      ...(options.upstream && { upstream: options.upstream }),
    },
    ({ store, upstreamRemotes }) =>
      upgrade(store, {
        upstreamRemotes,
        write: options.dryRun ? 'nothing' : 'branch',
        ...(options.branch && { branch: options.branch }),
        ...(options.onto && { onto: options.onto }),
        ...(options.as && { as: options.as }),
      }),
  )
  return tell(done, options)
}

async function tell(done: Upgrade | undefined, { json, report }: Options): Promise<number> {
  if (!done) {
    const nothing = 'Nothing to do: the fork stands on this release already, or on the newest I know.'
    process.stdout.write(
      json ? JSON.stringify({ schema: SCHEMA, upToDate: true }, undefined, 2) + '\n' : `${nothing}\n`,
    )
    return EXIT.done
  }
  process.stdout.write(json ? JSON.stringify(upgradeJson(done), undefined, 2) + '\n' : printUpgrade(done))
  if (report) await writeReport(report, `# ${done.text.title}\n\n${done.text.body}`)
  return done.carried.patches.some(({ verdict }) => verdict === 'conflict') ? EXIT.person : EXIT.done
}
