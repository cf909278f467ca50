import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Catalogue, Fault } from '../../../src/core/catalogue/catalogue.ts'
import { isUsable } from '../../../src/core/catalogue/is-usable.ts'
import {
  bareVersion,
  compareReleases,
  compareVersions,
  minorNumber,
  minorOf,
  type ReleaseTag,
} from '../../../src/core/model/release-tag.ts'
import { planRoute } from '../../../src/core/plan/plan-route.ts'
import type { Step } from '../../../src/core/plan/step.ts'
import { catalogueWith } from '../../support/catalogue.ts'
import { runs } from '../../support/fast-check.ts'

interface World {
  readonly catalogues: ReadonlyMap<ReleaseTag, Catalogue>
  readonly from: { readonly release: ReleaseTag; readonly kubernetes: string }
}

/** Releases of five minors with one to three patches each; every one offers a few versions around its own minor, some of them broken. */
const world: fc.Arbitrary<World> = fc
  .tuple(
    fc.array(
      fc.record({
        patches: fc.integer({ min: 1, max: 3 }),
        minimum: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
        patch: fc.integer({ min: 0, max: 9 }),
        broken: fc.array(
          fc.record({ back: fc.integer({ min: -1, max: 2 }), of: fc.constantFrom('amd64', 'arm64') }),
          { maxLength: 3 },
        ),
        all: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    fc.nat(),
    fc.nat(),
  )
  .map(([minors, releaseAt, versionAt]) => {
    const entries = minors.flatMap((minor, index) =>
      Array.from({ length: minor.patches }, (_, patch) => {
        const own = 20 + index
        const versions = [own + 1, own, own - 1, own - 2].flatMap((each) =>
          [1, 0].map((less) => `1.${each}.${minor.patch + patch - less + 1}`),
        )
        const faults: Partial<Fault>[] = minor.broken.map(({ back, of }, at) => ({
          architecture: of as 'amd64',
          ...(minor.all && at === 0
            ? {}
            : { kubernetes: versions.filter((version) => minorNumber(version) === own - back) }),
        }))
        const minimum = minor.minimum === undefined ? {} : { minimum: `1.${own - minor.minimum}.0` }
        const catalogue = catalogueWith({ versions, default: versions[2] as string, faults, ...minimum })
        return [`v2.${10 + index}.${patch}` as ReleaseTag, catalogue] as const
      }),
    )
    const [release, catalogue] = entries[releaseAt % entries.length] as (typeof entries)[number]
    const offered = catalogue.kubernetes.versions.amd64 as readonly string[]
    return {
      catalogues: new Map(entries),
      from: { release, kubernetes: offered[versionAt % offered.length] as string },
    }
  })

const architectures = ['amd64', 'arm64'] as const

function usable(catalogue: Catalogue, kubernetes: string): boolean {
  return isUsable(catalogue, { kubernetes, architectures })
}

function lowestUsable(catalogue: Catalogue): string | undefined {
  const versions = catalogue.kubernetes.versions.amd64 ?? []
  return versions.filter((version) => usable(catalogue, version)).sort(compareVersions)[0]
}

/** The rules, written down once more and without the planner's own functions. */
function brokenRules(step: Step, { catalogues }: World): readonly string[] {
  const { kubespray, kubernetes } = step
  const target = catalogues.get(kubespray.to) as Catalogue
  const tags = [...catalogues.keys()].sort(compareReleases)
  const last = (minor: string): string | undefined => tags.filter((tag) => minorOf(tag) === minor).at(-1)
  const minors = minorNumber(kubernetes.to) - minorNumber(kubernetes.from)
  const live = minorNumber(kubernetes.from)
  const lowest = target.kubernetes.minimum ?? lowestUsable(target)
  const changesMinor = minorOf(kubespray.from) !== minorOf(kubespray.to)
  const rules: Readonly<Record<string, boolean>> = {
    'R1 patch releases': kubespray.from === kubespray.to || last(minorOf(kubespray.to)) === kubespray.to,
    'R1 minors': [0, 1].includes(minorNumber(kubespray.to) - minorNumber(kubespray.from)),
    'R2 one minor at a time': minors === 0 || minors === 1,
    'R2 never down': compareVersions(kubernetes.to, kubernetes.from) >= 0,
    'R3 usable': usable(target, kubernetes.to),
    'R4 not above the default':
      minorNumber(kubernetes.to) <= minorNumber(target.kubernetes.default as string),
    'R5 not below the minimum': !changesMinor || lowest === undefined || live >= minorNumber(lowest),
    'goes on': kubespray.from !== kubespray.to || kubernetes.from !== kubernetes.to,
    'has reasons':
      step.reasons.length > 0 && step.reasons.every(({ message }) => /^[A-Z`v].*\.$/.test(message)),
  }
  return Object.keys(rules).filter((rule) => !rules[rule])
}

test('no step breaks a rule, and each starts where the last one ended', () => {
  fc.assert(
    fc.property(world, (given) => {
      const { steps } = planRoute({ ...given, architectures })
      let at = { release: given.from.release, kubernetes: given.from.kubernetes }
      for (const step of steps) {
        expect(brokenRules(step, given)).toEqual([])
        expect({ release: step.kubespray.from, kubernetes: step.kubernetes.from }).toEqual(at)
        at = { release: step.kubespray.to, kubernetes: step.kubernetes.to }
      }
    }),
    runs(400),
  )
})

test('a route ends at the newest release with the newest version it can use, or says why not', () => {
  fc.assert(
    fc.property(world, (given) => {
      const { steps, stopped } = planRoute({ ...given, architectures })
      const newest = [...given.catalogues.keys()].sort(compareReleases).at(-1) as ReleaseTag
      const catalogue = given.catalogues.get(newest) as Catalogue
      const own = minorNumber(catalogue.kubernetes.default as string)
      const best = (catalogue.kubernetes.versions.amd64 ?? [])
        .filter((version) => minorNumber(version) <= own && usable(catalogue, version))
        .sort(compareVersions)
        .at(-1)
      const end = steps.at(-1)
      const arrived =
        (end?.kubespray.to ?? given.from.release) === newest &&
        (end?.kubernetes.to ?? given.from.kubernetes) === best
      expect(stopped === undefined).toBe(arrived)
      if (stopped) expect(stopped.message).toMatch(/^[A-Zv].*\.$/)
    }),
    runs(400),
  )
})

/** Counts the fewest steps by trying every move the rules allow, breadth first. */
function fewestSteps(given: World): number | undefined {
  const { catalogues, from } = given
  const tags = [...catalogues.keys()].sort(compareReleases)
  const newest = tags.at(-1) as ReleaseTag
  const states = tags.flatMap((tag) =>
    (catalogues.get(tag)?.kubernetes.versions.amd64 ?? []).map((version) => ({ tag, version })),
  )
  const goals = states
    .filter(({ tag, version }) => tag === newest && usable(catalogues.get(tag) as Catalogue, version))
    .filter(
      ({ version }) =>
        minorNumber(version) <= minorNumber(catalogues.get(newest)?.kubernetes.default as string),
    )
    .sort((a, b) => compareVersions(a.version, b.version))
  const goal = goals.at(-1)
  if (!goal) return undefined
  let edge = [{ tag: from.release, version: bareVersion(from.kubernetes) }]
  const seen = new Set(edge.map(({ tag, version }) => `${tag} ${version}`))
  for (let steps = 0; edge.length > 0; steps++) {
    if (edge.some(({ tag, version }) => tag === goal.tag && version === goal.version)) return steps
    edge = edge.flatMap((at) =>
      states.filter(({ tag, version }) => {
        const step: Step = {
          kind: 'kubespray',
          kubespray: { from: at.tag, to: tag },
          kubernetes: { from: at.version, to: version },
          reasons: [{ code: 'newest-usable', message: 'It is.' }],
        }
        const name = `${tag} ${version}`
        return (
          compareReleases(tag, at.tag) >= 0 &&
          !seen.has(name) &&
          brokenRules(step, given).length === 0 &&
          seen.add(name)
        )
      }),
    )
  }
  return undefined
}

test('no other way takes fewer steps', () => {
  fc.assert(
    fc.property(world, (given) => {
      const { steps, stopped } = planRoute({ ...given, architectures })
      const fewest = fewestSteps(given)
      expect(stopped ? undefined : steps.length).toBe(fewest)
    }),
    runs(150),
  )
})
