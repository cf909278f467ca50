import { writeFile } from 'node:fs/promises'
import { defined, optional } from '../../core/model/defined.ts'
import { audit, type Audit } from '../../app/audit/audit.ts'
import { fixFork } from '../../app/step/fix-fork.ts'
import { auditBlocks } from '../../core/explain/texts/audit-blocks.ts'
import { renderImageWorkflow } from '../../core/explain/texts/render-image-workflow.ts'
import { plural } from '../../core/explain/plural.ts'
import { EXIT } from './exit.ts'
import { withClone } from './open-clone.ts'
import { openRegistry } from './open-registry.ts'
import { auditJson, printAudit, type AuditDone } from '../print/print-audit.ts'
import { readArchitectures } from './read-architectures.ts'
import { writeReport } from './write-report.ts'
import { say, sayAside, sayJson } from '../print/say.ts'

export interface AuditOptions {
  readonly rev?: string
  readonly architectures?: string
  readonly inventory?: string
  readonly upstream?: string
  readonly checkImages?: true
  readonly imageWorkflow?: string
  readonly fix?: true
  readonly as?: string
  readonly json?: true
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
  const place = {
    path: repo,
    for: options.fix ? ('writing' as const) : ('reading' as const),
    ...defined({ upstream: options.upstream || undefined }),
  }
  const done = await withClone(place, async ({ store, upstreamRemotes }) => {
    const where = { upstreamRemotes, ...scope }
    const found = await audit(store, {
      ...where,
      ...defined({ rev: options.rev || undefined }),
    })
    if (!options.fix) return { found }
    const names = {
      ...defined({ branch: options.rev || undefined }),
      ...defined({ as: options.as || undefined }),
    }
    const fix = await fixFork(store, { ...where, ...names, write: 'branch' })
    return { found, fix, left: await audit(store, { ...where, rev: fix.tip }) }
  })
  return tell(done, options)
}

async function tell(done: AuditDone, { json, report, imageWorkflow }: AuditOptions): Promise<number> {
  const now = done.left ?? done.found
  if (json) sayJson(auditJson(done))
  else say(printAudit(done))
  if (report) await writeReport(report, { title: 'Audit', blocks: auditBlocks(now) })
  if (imageWorkflow !== undefined) await writeWorkflow(imageWorkflow, now)
  return now.findings.some(({ severity }) => severity === 'error') ? EXIT.person : EXIT.done
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
