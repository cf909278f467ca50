import { GitObjectStore } from '../src/adapters/git/object-store.ts'
import { auditFiles } from '../src/app/audit/audit.ts'
import { readArchitecture, type Architecture } from '../src/core/model/arch.ts'

/**
 * What the audit says of upstream's own sample inventory in releases, and how long it takes: each line is true, or a false alarm.
 * `npx tsx bench/audit.ts <clone of upstream> <architectures> <tag>…`
 */
async function bench(gitDir: string, names: string, tags: readonly string[]): Promise<void> {
  const architectures = names.split(',').map((name) => readArchitecture(name) as Architecture)
  const store = new GitObjectStore({ gitDir })
  for (const tag of tags) {
    const found = await store.resolve(tag)
    if (!found) throw new Error(`no ${tag} in ${gitDir}`)
    const tree = await store.readTree(found.oid)
    const start = performance.now()
    const { findings } = await auditFiles(store, tree, { architectures })
    console.log(`${tag}: ${findings.length} findings in ${Math.round(performance.now() - start)} ms`)
    for (const { severity, code, file, line, subject } of findings)
      console.log(`  ${severity.padEnd(8)} ${code.padEnd(28)} ${subject} (${file}:${line})`)
  }
  await store.close()
}

const [gitDir, architectures = 'amd64,arm64', ...tags] = process.argv.slice(2)
if (gitDir === undefined || tags.length === 0)
  throw new Error('usage: bench/audit.ts <clone of upstream> <architectures> <tag>…')
await bench(gitDir, architectures, tags)
