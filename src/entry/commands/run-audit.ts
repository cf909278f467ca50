import { writeFile } from 'node:fs/promises'
import { defined, optional } from '../../core/model/defined.ts'
import { audit, type Audit } from '../../app/audit/audit.ts'
import { fixFork } from '../../app/step/fix-fork.ts'
import { auditBlocks } from '../../core/explain/texts/audit-blocks.ts'
import { renderImageWorkflow } from '../../core/explain/texts/render-image-workflow.ts'
import type { Block } from '../../core/explain/blocks/block.ts'
import { needsPerson } from '../../core/explain/texts/render-check.ts'
import { plural } from '../../core/explain/plural.ts'
import { EXIT } from './exit.ts'
import { withClone, type OpenClone } from './open-clone.ts'
import { openRegistry } from './open-registry.ts'
import { fixBlocks } from '../../core/explain/texts/fix-blocks.ts'
import { renderPullRequest } from '../../core/explain/texts/render-pull-request.ts'
import { whatWaits } from '../../core/explain/texts/what-waits.ts'
import { deliver } from '../delivery/deliver.ts'
import { auditJson, type AuditDone } from '../print/audit-json.ts'
import { fixedFacts, withoutFix } from '../print/fixed-facts.ts'
import { readArchitectures } from './read-architectures.ts'
import { writeReport } from './write-report.ts'
import { progressLine } from '../print/progress-line.ts'
import { sayAside, sayBlocks, sayJson } from '../print/say.ts'

export interface AuditOptions {
  readonly rev?: string
  readonly architectures?: string
  readonly inventory?: string
  readonly upstream?: string
  readonly fork?: string
  readonly checkImages?: true
  readonly imageWorkflow?: string
  readonly fix?: true
  readonly as?: string
  readonly json?: true
  readonly quiet?: true
  readonly report?: string
}

export async function runAudit(repo: string, options: AuditOptions): Promise<number> {
  const scope = {
    ...optional(options.architectures || undefined, (architectures) => ({
      architectures: readArchitectures(architectures),
    })),
    ...optional(options.inventory || undefined, (inventory) => ({
      inventories: [inventory.replace(/\/$/, '')],
    })),
    ...optional(Boolean(options.checkImages || options.imageWorkflow), () => ({ registry: openRegistry() })),
  }
  const progress = progressLine(options)
  const place = {
    path: repo,
    for: options.fix ? ('writing' as const) : ('reading' as const),
    progress,
    ...defined({ upstream: options.upstream || undefined, fork: options.fork || undefined }),
  }
  const done = await withClone(place, async ({ store, gitDir, upstreamRemotes, forkOf }) => {
    const where = { upstreamRemotes, ...scope, ...defined({ progress, forkOf }) }
    const found = await audit(store, {
      ...where,
      ...defined({ rev: options.rev || undefined }),
    })
    if (!options.fix) return { found, gitDir, upstreamRemotes }
    const names = {
      ...defined({ branch: options.rev || undefined }),
      ...defined({ as: options.as || undefined }),
    }
    const fix = await fixFork(store, { ...where, ...names, write: 'branch' })
    const left = await audit(store, { ...where, rev: fix.tip })
    return { found, fix, left, gitDir, upstreamRemotes }
  })
  return tell(repo, done, options)
}

interface AuditedClone extends AuditDone, Pick<OpenClone, 'gitDir' | 'upstreamRemotes'> {}

async function tell(repo: string, done: AuditedClone, options: AuditOptions): Promise<number> {
  const { json, report, imageWorkflow } = options
  const now = done.left ?? done.found
  if (report) await writeReport(report, { title: 'Audit', blocks: auditBlocks(now) })
  if (json) sayJson(auditJson(done))
  else sayBlocks(await blocksOf(repo, done))
  if (imageWorkflow !== undefined) await writeWorkflow(imageWorkflow, now)
  return now.findings.some(({ severity }) => severity === 'error') ? EXIT.person : EXIT.done
}

/** What was found, what was mended of it, and how that gets to where it is reviewed. */
async function blocksOf(
  repo: string,
  { found, fix, left, gitDir, upstreamRemotes }: AuditedClone,
): Promise<readonly Block[]> {
  if (!fix || !left) return auditBlocks(found)
  const told = [...auditBlocks({ ...left, findings: left.findings.map(withoutFix) }), ...fixBlocks(fix)]
  const { branch: name, change, tip, of } = fix
  if (name === undefined || change === undefined) return told
  const facts = fixedFacts(fix, left)
  const delivery = await deliver({
    repo,
    gitDir,
    upstreamRemotes,
    base: of,
    written: { name, tip, change },
    text: renderPullRequest(facts),
    isDraft: needsPerson(facts),
  })
  return [...told, ...whatWaits(facts), ...delivery]
}

/** Nothing is written where nothing is missing: an empty workflow would only run for nothing. */
async function writeWorkflow(file: string, { missing, architectures }: Audit): Promise<void> {
  if (missing.length > 0) await writeFile(file, renderImageWorkflow(missing, architectures))
  const told =
    missing.length > 0
      ? `I wrote \`${file}\`, for ${plural(missing.length, 'image')}.`
      : 'No image is known to lack an architecture, so I wrote no workflow.'
  sayAside(`${told}\n`)
}
