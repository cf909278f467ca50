import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { auditCluster, openCluster } from '../../../src/core/audit/whole/audit-tree.ts'
import type { Found } from '../../../src/core/audit/finding.ts'
import { applyRecipe, RECIPES, withTexts } from '../../../src/core/audit/recipes/apply-recipe.ts'
import { gatherChecksums } from '../../../src/core/audit/recipes/known-checksums.ts'
import { weighFix } from '../../../src/core/audit/recipes/weigh-fix.ts'
import { ARCHITECTURES, type Architecture } from '../../../src/core/model/architecture.ts'
import { SMALL, told, treeToAudit, type Files } from '../../support/audited.ts'
import { runs } from '../../support/fast-check.ts'

const DOWNLOADS = 'roles/download/defaults/main.yml'

/** Whose rows a map has, and what stands in them. */
const map = fc.dictionary(fc.constantFrom(...ARCHITECTURES), fc.constantFrom('own', 'zero', 'amd64’s'), {
  minKeys: 1,
})

type Entry = Readonly<{
  address: 'per architecture' | 'amd64' | 'one for all'
  checksum: Readonly<Record<string, string>> | 'single' | 'for all' | 'none'
  version: 'there' | 'another' | 'undefined'
  enabled: boolean
  image: boolean
  repository: string
}>

const entry: fc.Arbitrary<Entry> = fc.record({
  address: fc.constantFrom('per architecture', 'amd64', 'one for all'),
  checksum: fc.oneof(map, fc.constantFrom<'single' | 'for all' | 'none'>('single', 'for all', 'none')),
  version: fc.constantFrom('there', 'there', 'another', 'undefined'),
  enabled: fc.boolean(),
  image: fc.boolean(),
  repository: fc.constantFrom(
    'quay.io/nobody/knows',
    'k8s.gcr.io/addon-resizer',
    'quay.io/coreos/flannel-cni',
    'docker.io/cilium/cilium',
  ),
})

const tree: fc.Arbitrary<Files> = fc.array(entry, { minLength: 1, maxLength: 5 }).map(filesOf)
const some = fc.subarray([...ARCHITECTURES], { minLength: 1 })

function filesOf(entries: readonly Entry[]): Files {
  const parts = entries.map((each, index) => variablesOf(`c${index}`, each))
  const text = `image_arch: "{{ host_architecture | default('amd64') }}"\n${parts.map(([head]) => head).join('')}downloads:\n${parts.map(([, body]) => body).join('')}`
  return { ...SMALL, [DOWNLOADS]: text }
}

function variablesOf(
  name: string,
  { address, checksum, version, enabled, image, repository }: Entry,
): [string, string] {
  const asked = { there: '1.0', another: '2.0', undefined: `{{ ${name}_of_nobody }}` }[version]
  const head = `${name}_version: "${asked}"\n`
  if (image)
    return [
      head,
      `  ${name}:\n    container: true\n    enabled: ${enabled}\n    repo: "${repository}${address === 'amd64' ? '-amd64' : ''}"\n    tag: "{{ ${name}_version }}"\n`,
    ]
  const url = {
    'per architecture': `https://example.org/${name}-{{ ${name}_version }}-linux-{{ image_arch }}`,
    amd64: `https://example.org/${name}-{{ ${name}_version }}-linux-amd64`,
    'one for all': `https://example.org/${name}-{{ ${name}_version }}.yaml`,
  }[address]
  const [variable, asks] = checksumOf(name, checksum)
  return [
    `${head}${variable}`,
    `  ${name}:\n    file: true\n    enabled: ${enabled}\n    version: "{{ ${name}_version }}"\n    url: "${url}"\n${asks}`,
  ]
}

function checksumOf(name: string, checksum: Entry['checksum']): [string, string] {
  if (checksum === 'none') return ['', '']
  if (checksum === 'single')
    return [`${name}_checksum: aa${name}\n`, `    sha256: "{{ ${name}_checksum }}"\n`]
  if (checksum === 'for all')
    return [
      `${name}_checksums:\n  no_arch:\n    "1.0": aa${name}\n`,
      `    sha256: "{{ ${name}_checksums.no_arch[${name}_version] }}"\n`,
    ]
  const rows = Object.entries(checksum).map(([architecture, what]) => {
    const digest = { own: `${architecture}${name}`, zero: '0', 'amd64’s': `amd64${name}` }[what] ?? '0'
    return `  ${architecture}:\n    "1.0": ${digest}\n`
  })
  return [
    `${name}_checksums:\n${rows.join('')}`,
    `    sha256: "{{ ${name}_checksums[image_arch][${name}_version] }}"\n`,
  ]
}

function audit(files: Files, architectures: readonly Architecture[]): readonly Found[] {
  return auditCluster(openCluster(treeToAudit(files), { architectures }), {})
}

/** One line for each architecture that suffers. */
function keys(findings: readonly Found[]): readonly string[] {
  return findings.flatMap(({ code, severity, subject, file, line, architectures }) =>
    architectures.map((each) => [severity, code, subject, file, line, each].join(' ')),
  )
}

describe('whatever the tree and the architectures', () => {
  test('a mix shows all that each of its members shows alone', () => {
    fc.assert(
      fc.property(tree, some, (files, architectures) => {
        const mix = new Set(keys(audit(files, architectures)))
        const alone = architectures.flatMap((each) => keys(audit(files, [each])))
        expect(alone.filter((each) => !mix.has(each))).toEqual([])
      }),
      runs(150),
    )
  })
  test('of downloads a mix shows nothing that none of its members shows', () => {
    fc.assert(
      fc.property(tree, some, (files, architectures) => {
        const alone = new Set(architectures.flatMap((each) => keys(audit(files, [each]))))
        expect(keys(audit(files, architectures)).filter((each) => !alone.has(each))).toEqual([])
      }),
      runs(100),
    )
  })
  test('one file for all is no trouble for any of them, and amd64 never suffers from what was made for it', () => {
    const forAll = fc.record({
      address: fc.constant('one for all' as const),
      checksum: fc.constantFrom<'single' | 'for all' | 'none'>('single', 'for all', 'none'),
      version: fc.constant('there' as const),
      enabled: fc.boolean(),
      image: fc.constant(false),
      repository: fc.constant(''),
    })
    fc.assert(
      fc.property(fc.array(forAll, { minLength: 1, maxLength: 4 }), some, (entries, architectures) => {
        const own = audit(filesOf(entries), architectures).filter(({ subject }) => /^c\d/.test(subject))
        expect(told(own)).toEqual([])
      }),
      runs(60),
    )
    fc.assert(
      fc.property(tree, (files) => {
        const codes = audit(files, ['amd64']).map(({ code }) => code)
        expect(codes.filter((code) => /^(?:single-checksum|architecture-in-)/.test(code))).toEqual([])
      }),
      runs(60),
    )
  })
  test('a fix that counts leaves strictly less, and every download that rendered renders still', () => {
    fc.assert(
      fc.property(tree, some, (files, architectures) => {
        let now = treeToAudit(files)
        const clusters = [{ architectures }]
        for (const recipe of RECIPES) {
          const { texts } = applyRecipe(recipe, { tree: now, clusters, checksums: gatherChecksums([]) })
          if (texts.size === 0) continue
          const weighed = weighFix(recipe, texts, { tree: now, clusters, whole: true })
          if (!weighed.isBetter) continue
          const [before, after] = [now, withTexts(now, texts)].map((each) =>
            clusters.flatMap((cluster) => auditCluster(openCluster(each, cluster), {})),
          )
          expect(keys(after ?? []).length).toBeLessThan(keys(before ?? []).length)
          const undefinedIn = (found: readonly Found[] = []): readonly string[] =>
            found.filter(({ code }) => code === 'undefined-variable').map(({ subject }) => subject)
          expect(undefinedIn(after).filter((each) => !undefinedIn(before).includes(each))).toEqual([])
          now = withTexts(now, texts)
        }
      }),
      runs(60),
    )
  })
})
