import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { defined, optional } from '../../core/model/defined.ts'
import { audit, type Audit } from '../../app/audit/audit.ts'
import { clustersToAudit } from '../../app/audit/clusters-to-audit.ts'
import { namingCluster } from '../../app/repository/cluster/naming-cluster.ts'
import { fixFork } from '../../app/step/fix-fork.ts'
import { whichCluster } from '../../core/explain/trouble/which-cluster.ts'
import { Refusal } from '../../core/model/problem.ts'
import { clusterHeading } from '../../core/explain/blocks/cluster-heading.ts'
import { fromTop } from '../../core/explain/blocks/from-top.ts'
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
import { jsonOfEach } from '../print/json-of-each.ts'
import { jsonFromTop } from '../print/json-from-top.ts'
import { auditJson, type AuditDone } from '../print/audit-json.ts'
import { fixedFacts, withoutFix } from '../print/fixed-facts.ts'
import { readArchitectures } from './read-architectures.ts'
import { writeReport } from './write-report.ts'
import { progressLine } from '../print/progress-line.ts'
import { sayAside, sayBlocks, sayJson } from '../print/say.ts'

export interface AuditOptions {
  readonly rev?: string
  readonly cluster?: string
  readonly architectures?: string
  readonly inventory?: string
  readonly upstream?: string
  readonly fork?: string
  readonly checkImages?: true
  readonly registry?: string
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
    ...optional(Boolean(options.checkImages || options.imageWorkflow), () => ({
      registry: openRegistry(options.registry),
    })),
  }
  const progress = progressLine(options)
  const place = {
    path: repo,
    for: options.fix ? ('writing' as const) : ('reading' as const),
    progress,
    ...defined({ upstream: options.upstream || undefined, fork: options.fork || undefined }),
  }
  const done = await withClone(place, async (clone) => {
    const all: AuditedClone[] = []
    for (const cluster of await clustersMeant(clone, options))
      all.push(await auditOne(clone, { ...scope, ...defined({ progress, cluster }) }, options))
    return all
  })
  return tell(repo, done, options)
}

/** The one that is named, else each. Patches and workflows are written for one. */
async function clustersMeant(
  { store, upstreamRemotes }: OpenClone,
  { cluster, rev, fix, imageWorkflow }: AuditOptions,
): Promise<readonly (string | undefined)[]> {
  if (cluster) return [cluster]
  const all = await clustersToAudit(store, { rev: rev || undefined, upstreamRemotes })
  const names = all.filter((each) => each !== undefined)
  if (names.length > 1 && (fix || imageWorkflow)) throw new Refusal(whichCluster(names))
  return all
}

type Scope = Omit<Parameters<typeof audit>[1], 'rev' | 'upstreamRemotes' | 'forkOf'>

async function auditOne(
  { store, gitDir, upstreamRemotes, forkOf }: OpenClone,
  scope: Scope,
  options: AuditOptions,
): Promise<AuditedClone> {
  const where = { upstreamRemotes, ...scope, ...defined({ forkOf }) }
  const { cluster } = scope
  const clone = { gitDir, upstreamRemotes, ...defined({ cluster }) }
  const rev = options.rev || undefined
  const whose = optional(cluster, (name) => ({ cluster: { name } })) ?? {}
  const found = await namingCluster(whose, () => audit(store, { ...where, ...defined({ rev }) }))
  if (!options.fix) return { found, ...clone }
  const names = { ...defined({ branch: rev, as: options.as || undefined }) }
  const fix = await fixFork(store, { ...where, ...names, write: 'branch' })
  const left = await audit(store, { ...where, rev: fix.tip })
  return { found, fix, left, ...clone }
}

interface AuditedClone extends AuditDone, Pick<OpenClone, 'gitDir' | 'upstreamRemotes'> {
  /** Whose it is, of several clusters. */
  readonly cluster?: string
}

async function tell(repo: string, done: readonly AuditedClone[], options: AuditOptions): Promise<number> {
  const { json, report, imageWorkflow } = options
  const now = done.map(({ left, found }) => left ?? found)
  if (json)
    sayJson(
      jsonOfEach(
        done.map((each) => ({
          cluster: each.cluster,
          json: jsonFromTop(auditJson(each), (each.left ?? each.found).pathOf),
        })),
      ),
    )
  else {
    const all = await Promise.all(done.map((each) => blocksOf(repo, each)))
    sayBlocks(done.flatMap((each, at) => [...titleOf(each, done), ...(all[at] ?? [])]))
  }
  if (report) {
    const blocks = done.flatMap((each) => [...titleOf(each, done), ...auditShown(each.left ?? each.found)])
    await writeReport(report, { title: 'Audit', blocks })
  }
  const [first] = now
  if (imageWorkflow !== undefined && first) await writeWorkflow(imageWorkflow, first)
  const isStopped = now.some(({ findings }) => findings.some(({ severity }) => severity === 'error'))
  return isStopped ? EXIT.person : EXIT.done
}

/** Each of several clusters under its name. */
function titleOf({ cluster }: AuditedClone, all: readonly AuditedClone[]): readonly Block[] {
  return cluster !== undefined && all.length > 1 ? [clusterHeading(cluster)] : []
}

/** What was found, what was mended of it, and how that gets to where it is reviewed. */
async function blocksOf(
  repo: string,
  { found, fix, left, gitDir, upstreamRemotes }: AuditedClone,
): Promise<readonly Block[]> {
  if (!fix || !left) return auditShown(found)
  const fixed = fromTop(fixBlocks(fix), left.pathOf)
  const told = [...auditShown({ ...left, findings: left.findings.map(withoutFix) }), ...fixed]
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

function auditShown(found: Audit): readonly Block[] {
  return fromTop(auditBlocks(found), found.pathOf)
}

/** Nothing is written where nothing is missing: an empty workflow would only run for nothing. */
async function writeWorkflow(file: string, { missing, architectures }: Audit): Promise<void> {
  if (missing.length > 0)
    await writeFile(file, renderImageWorkflow(missing, architectures, basename(file)), { flag: 'wx' })
  const told =
    missing.length > 0
      ? `I wrote \`${file}\`, for ${plural(missing.length, 'image')}.`
      : 'No image is known to lack an architecture, so I wrote no workflow.'
  sayAside(`${told}\n`)
}
