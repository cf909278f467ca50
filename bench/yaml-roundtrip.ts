import { execFileSync } from 'node:child_process'
import { roundTrip } from '../test/support/round-trip.ts'

/**
 * Round trip over upstream's own inventories: every YAML file of every tag's `inventory/`, read from a clone, comes back
 * byte for byte when nothing is asked, and setting, removing, commenting out or renaming anything in it changes nothing else.
 *
 *     npx tsx bench/yaml-roundtrip.ts <clone of kubernetes-sigs/kubespray> [folder, `inventory` unless given]
 */
function main([clone, folder = 'inventory']: readonly string[]): void {
  if (!clone) throw new Error('Which clone? npx tsx bench/yaml-roundtrip.ts <clone> [folder]')
  const tags = git(clone, ['tag', '--list', 'v*']).split('\n').filter(Boolean)
  const blobs = new Map<string, string>()
  for (const tag of tags)
    for (const [oid, path] of yamlBlobs(clone, tag, folder)) blobs.set(oid, `${tag}:${path}`)
  let [scalars, keys] = [0, 0]
  let unreadable = 0
  let failed = 0
  const started = performance.now()
  for (const [oid, name] of blobs) {
    const result = roundTrip(git(clone, ['cat-file', 'blob', oid]))
    if (!result) {
      unreadable++
      console.log(`${name}: no YAML`)
      continue
    }
    scalars += result.scalars
    keys += result.keys
    failed += result.failures.length
    for (const failure of result.failures) console.log(`${name}: ${failure}`)
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(
    `${tags.length} tags, ${blobs.size} different files, ${scalars} scalars, ${keys} keys, ${unreadable} files no YAML`,
  )
  console.log(`${failed} failures in ${seconds} s`)
  if (failed > 0) process.exitCode = 1
}

function yamlBlobs(
  clone: string,
  tag: string,
  folder: string,
): readonly (readonly [oid: string, path: string])[] {
  return git(clone, ['ls-tree', '-r', '-z', tag, '--', folder])
    .split('\0')
    .map((line) => /^100\d{3} blob ([0-9a-f]{40})\t(.*\.ya?ml)$/s.exec(line))
    .flatMap((match) => (match ? [[match[1] as string, match[2] as string] as const] : []))
}

function git(clone: string, args: readonly string[]): string {
  return execFileSync('git', ['-C', clone, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 })
}

main(process.argv.slice(2))
