import { Option, type Command } from 'commander'
import { audit, type Audit } from '../app/audit.ts'
import { fixFork, type FixedFork } from '../app/fix-fork.ts'
import { renderAuditText, scopeSentence, verdictSentence } from '../core/explain/audit-text.ts'
import { architectureNames, readArchitecture, type Architecture } from '../core/model/arch.ts'
import { nearest } from '../core/model/nearest.ts'
import { short } from '../core/model/oid.ts'
import { Refusal } from '../core/model/problem.ts'
import { SCHEMA } from './cli-json.ts'
import { EXIT } from './exit.ts'
import { withClone } from './open-clone.ts'
import { checkReport, writeReport } from './write-report.ts'

interface Options {
  readonly rev?: string
  readonly architectures?: string
  readonly inventory?: string
  readonly upstream?: string
  readonly fix?: true
  readonly as?: string
  readonly json?: true
  readonly report?: string
}

/** `multiarch audit`: what would not run on every architecture; with `--fix` the patches for what is mechanical. */
export function addAudit(program: Command, setCode: (code: number) => void): void {
  program
    .command('audit')
    .description('say what would not run on every architecture of the cluster')
    .argument('<repo>', 'path of a clone; its working tree is not needed and not touched')
    .option('--rev <rev>', 'a branch or any other revision (default: the default branch)')
    .option('--architectures <list>', 'as in amd64,arm64 (default: what the inventories tell)')
    .option('--inventory <folder>', 'look at this inventory only')
    .option('--upstream <path or url>', "where upstream's tags are, if the clone has none")
    .option('--fix', `write the patches that are mechanical onto a branch of their own`)
    .addOption(new Option('--as <name>', 'the branch to write with --fix (default: multiarch/audit)'))
    .option('--report <file>', 'write the audit to a file (.html or .md)')
    .option('--json', 'print JSON')
    .action(async (repo: string, options: Options) => setCode(await run(repo, options)))
}

async function run(repo: string, options: Options): Promise<number> {
  checkReport(options.report)
  const scope = {
    ...(options.architectures && { architectures: readArchitectures(options.architectures) }),
    ...(options.inventory && { inventories: [options.inventory.replace(/\/$/, '')] }),
  }
  const place = {
    path: repo,
    for: options.fix ? ('writing' as const) : ('reading' as const),
    ...(options.upstream && { upstream: options.upstream }),
  }
  const done = await withClone(place, async ({ store, upstreamRemotes }) => {
    const where = { upstreamRemotes, ...scope }
    const found = await audit(store, { ...where, ...(options.rev && { rev: options.rev }) })
    if (!options.fix) return { found }
    const names = { ...(options.rev && { branch: options.rev }), ...(options.as && { as: options.as }) }
    const fix = await fixFork(store, { ...where, ...names, write: 'branch' })
    return { found, fix, left: await audit(store, { ...where, rev: fix.tip }) }
  })
  return tell(done, options)
}

interface Done {
  readonly found: Audit
  readonly fix?: FixedFork
  /** What the fixes left. */
  readonly left?: Audit
}

async function tell(done: Done, { json, report }: Options): Promise<number> {
  const now = done.left ?? done.found
  process.stdout.write(json ? JSON.stringify(auditJson(done), undefined, 2) + '\n' : printAudit(done))
  if (report) await writeReport(report, { title: 'Audit', markdown: renderAuditText(now) })
  return now.findings.some(({ severity }) => severity === 'error') ? EXIT.person : EXIT.done
}

/** `multiarch audit --json`. */
export function auditJson({ found, fix, left }: Done): object {
  const { architectures, architecturesFrom, inventories, findings } = left ?? found
  return {
    schema: SCHEMA,
    architectures,
    architecturesFrom,
    inventories,
    findings,
    ...(fix && { fix: { branch: fix.branch, commit: fix.tip, commits: fix.commits } }),
  }
}

/** An audit for the terminal. */
export function printAudit({ found, fix, left }: Done): string {
  const now = left ?? found
  const lines = [scopeSentence(now, (text) => text), '']
  for (const { severity, file, line, message } of now.findings) {
    lines.push(`${severity.padEnd(8)} ${file}:${line}`, `         ${message}`)
  }
  if (now.findings.length > 0) lines.push('')
  lines.push(verdictSentence(left ? { ...now, findings: now.findings.map(withoutFix) } : now))
  if (fix) lines.push('', ...fixLines(fix))
  return lines.join('\n') + '\n'
}

/** After the fixes there is nothing to offer any more. */
function withoutFix({ fix: _, ...finding }: Audit['findings'][number]): Audit['findings'][number] {
  return finding
}

function fixLines({ of, branch, commits, tip }: FixedFork): readonly string[] {
  if (commits.length === 0) return [`There was nothing for me to mend on \`${of}\`.`]
  const head = branch
    ? `I wrote branch \`${branch}\` at ${short(tip)} on top of \`${of}\` (working tree untouched):`
    : `On top of \`${of}\`:`
  return [
    head,
    ...commits.flatMap(({ commit, title, notes }) => [
      `  ${short(commit)}  ${title}`,
      ...notes.map((note) => `             ${note}`),
    ]),
  ]
}

function readArchitectures(text: string): readonly Architecture[] {
  return text.split(',').map((name) => {
    const architecture = readArchitecture(name)
    if (architecture) return architecture
    const meant = nearest(name, architectureNames())
    const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`
    throw new Refusal({ code: 'unknown-architecture', message: `I know no architecture \`${name}\`.${hint}` })
  })
}
