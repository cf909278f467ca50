import { GitObjectStore } from '../src/adapters/git/git-object-store.ts'
import { wordFindings } from '../src/core/explain/found/word-findings.ts'
import { auditCluster, openCluster, type OpenCluster } from '../src/core/audit/whole/audit-tree.ts'
import { blobsForAudit } from '../src/core/audit/whole/blobs-for-audit.ts'
import type { Finding } from '../src/core/audit/finding.ts'
import { readClusters } from '../src/app/audit/audit.ts'
import { checksumReleases, makeFixes, newFixMemory } from '../src/app/carry/make-fixes.ts'
import { readReleases } from '../src/app/repository/read-repository.ts'
import { witnessesOf } from '../src/app/audit/witnesses-of.ts'
import { architectureGroups } from '../src/core/catalogue/network-plugins.ts'
import { catalogueOf } from '../src/core/catalogue/catalogue-of.ts'
import { ARCHITECTURES, type Architecture } from '../src/core/model/architecture.ts'
import type { Oid } from '../src/core/model/oid.ts'
import { compareReleases } from '../src/core/model/release-tag.ts'
import { isSo } from './audit-oracle.ts'

/**
 * What the audit says of upstream's own tree and sample inventory, in every release for each architecture that it supports alone,
 * for every pair of them and for all: whether each finding is so by a look at the raw text (`audit-oracle.ts`), whether a mix holds
 * all that its members show, and whether each fix leaves strictly less. `npx tsx bench/audit.ts <clone of upstream> [--no-fixes] [tag…]`
 */
async function bench(gitDir: string, fixes: boolean, wanted: readonly string[]): Promise<void> {
  const store = new GitObjectStore({ gitDir })
  const releases = await readReleases(store)
  const tags = [...releases.keys()].filter((tag) => compareReleases(tag, 'v2.8.0') >= 0).sort(compareReleases)
  const sum = { audits: 0, findings: 0, false: 0, untold: 0, hidden: 0, fixes: 0, useless: 0, left: 0 }
  const memory = newFixMemory()
  for (const tag of tags.filter((each) => wanted.length === 0 || wanted.includes(each))) {
    const tree = await store.readTree(releases.get(tag) as Oid)
    const blobs = await store.readBlobs(blobsForAudit(tree))
    const witnesses = await witnessesOf({ objects: store }, { release: tag, releases })
    const { clusters } = await readClusters(store, tree, { architectures: ['amd64'] })
    const [cluster = { architectures: [] }] = clusters
    const open = openCluster({ tree, blobs, read: memory.read }, cluster)
    const text = (path: string): string => open.source.text(path) ?? ''
    const alone = new Map<Architecture, readonly Finding[]>()
    const lines: string[] = []
    const supported = supportedBy(open)
    for (const set of setsOf(supported)) {
      const found = wordFindings(auditCluster(forSet(open, set), { witnesses }))
      sum.audits++
      sum.findings += found.length
      if (set.length === 1 && set[0]) alone.set(set[0], found)
      for (const finding of found)
        for (const architecture of finding.architectures.length > 0 ? finding.architectures : ['']) {
          const so = isSo(finding, architecture, text)
          if (so === false) lines.push(`  FALSE ${set.join()} ${told(finding)}`)
          if (so === false) sum.false++
          if (so === undefined) lines.push(`  LOOK ${set.join()} ${told(finding)}`)
          if (so === undefined) sum.untold++
        }
      const hidden = set.flatMap((each) => alone.get(each) ?? []).filter((each) => !isHeld(each, found))
      for (const each of hidden) lines.push(`  HIDDEN ${set.join()} ${told(each)}`)
      sum.hidden += hidden.length
      if (!fixes || !found.some(({ fix }) => fix !== undefined)) continue
      const { fixes: made, left } = await makeFixes(store, {
        ...{ tree, architectures: set, releases: checksumReleases(releases, tag), memory },
      })
      sum.fixes += made.length
      sum.left += left.length
      const after = made.at(-1)
      if (!after) continue
      const again = {
        tree: after.tree,
        blobs: new Map([...blobs, ...made.flatMap((each) => [...each.newBlobs])]),
      }
      const rest = auditCluster(openCluster(again, { ...cluster, architectures: set }), { witnesses })
      const broken = rest.filter(
        ({ code, subject }) =>
          /^(?:undefined-variable|missing-version)$/.test(code) &&
          !found.some((each) => each.code === code && each.subject === subject),
      )
      if (weight(rest) >= weight(found) || broken.length > 0) {
        sum.useless++
        lines.push(`  USELESS ${set.join()} ${weight(found)} → ${weight(rest)}`)
      }
    }
    const shown = [...alone].map(([each, found]) => `${each}: ${found.length}`).join(', ')
    console.log(`${tag} (${supported.join()}): ${shown}`)
    for (const line of lines) console.log(line)
    const codes = new Map<string, number>()
    for (const found of alone.values())
      for (const { code } of found) codes.set(code, (codes.get(code) ?? 0) + 1)
    console.log(`  ${[...codes].map(([code, count]) => `${code} ${count}`).join(', ')}`)
  }
  console.log(JSON.stringify(sum))
  await store.close()
}

/** Those that have a Kubernetes, or a place in the release's own map of architectures. */
function supportedBy({ source, tree }: OpenCluster): readonly Architecture[] {
  const { kubernetes } = catalogueOf(tree)
  const mapped = architectureGroups(source.files, source.definitions).flatMap(({ mapping }) =>
    Object.values(mapping),
  )
  return ARCHITECTURES.filter((each) => (kubernetes.versions[each]?.length ?? 0) > 0 || mapped.includes(each))
}

/** Each alone first, then every pair, then all. */
function setsOf(all: readonly Architecture[]): readonly (readonly Architecture[])[] {
  const pairs = all.flatMap((one, index) => all.slice(index + 1).map((other) => [one, other]))
  return [...all.map((each) => [each]), ...pairs, ...(all.length > 2 ? [all] : [])]
}

/** Nothing of what is remembered depends on which architectures are asked about. */
function forSet(open: OpenCluster, architectures: readonly Architecture[]): OpenCluster {
  return { ...open, source: { ...open.source, architectures }, cluster: { ...open.cluster, architectures } }
}

function isHeld(finding: Finding, found: readonly Finding[]): boolean {
  const { code, subject, file, architectures } = finding
  return found.some(
    (each) =>
      each.code === code &&
      each.subject === subject &&
      each.file === file &&
      architectures.every((architecture) => each.architectures.includes(architecture)),
  )
}

function weight(findings: readonly { readonly architectures: readonly string[] }[]): number {
  return findings.reduce((total, { architectures }) => total + Math.max(1, architectures.length), 0)
}

function told({ severity, code, subject, architectures, file, line }: Finding): string {
  return `${severity} ${code} ${subject} [${architectures.join()}] ${file}:${line}`
}

const [gitDir, ...rest] = process.argv.slice(2)
if (gitDir === undefined) throw new Error('usage: bench/audit.ts <clone of upstream> [--no-fixes] [tag…]')
await bench(
  gitDir,
  !rest.includes('--no-fixes'),
  rest.filter((each) => !each.startsWith('--')),
)
