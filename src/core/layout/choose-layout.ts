import { defined } from '../model/defined.ts'
import type { LayoutSetting } from '../model/layout-setting.ts'
import type { ReleaseTag } from '../model/release-tag.ts'
import type { Gitlink, Layout, LayoutPlaces, Pin } from './layout.ts'
import type { Claim, LayoutChoice, LayoutFacts, ReleaseAt } from './layout-choice.ts'

/** The one layout that everything found agrees on, the question that would settle it, or why there is none. */
export function chooseLayout(places: LayoutPlaces, facts: LayoutFacts): LayoutChoice {
  const seen = look(places, facts)
  return facts.layout ? asTheSettingsSay(seen, facts.layout) : asFound(seen)
}

type At = ReleaseAt | 'not-upstream' | 'unknown'

/** The places with what the facts say of each. */
interface Seen {
  readonly places: LayoutPlaces
  readonly facts: LayoutFacts
  readonly gitlinks: readonly { readonly gitlink: Gitlink; readonly at: At }[]
  /** Pins that count, each with the release it names, if it names one. */
  readonly pins: readonly { readonly pin: Pin; readonly at: At | undefined }[]
}

function look(places: LayoutPlaces, facts: LayoutFacts): Seen {
  return {
    places,
    facts,
    gitlinks: places.gitlinks.map((gitlink) => ({ gitlink, at: facts.releaseOf(gitlink.commit) })),
    pins: places.pins.filter(counts).map((pin) => ({ pin, at: releaseNamed(pin, facts) })),
  }
}

/** A README tells, a comment remembers, and another's fork has releases of its own. */
function counts({ only }: Pin): boolean {
  return only === undefined || only === 'terraform' || only === 'source-code'
}

function releaseNamed({ says }: Pin, facts: LayoutFacts): At | undefined {
  if (says.kind === 'release') return { release: says.release, exact: true }
  return says.kind === 'commit' ? facts.releaseOf(says.commit) : undefined
}

function releaseIn(at: At | undefined): ReleaseTag | undefined {
  return typeof at === 'object' ? at.release : undefined
}

function asFound(seen: Seen): LayoutChoice {
  const { places, gitlinks } = seen
  const upstreams = gitlinks.filter(({ at }) => typeof at === 'object')
  if (places.isRoot) {
    if (places.folders.length === 0) return chosen(seen, { kind: 'root' }, undefined, [])
    return disagree([{ kind: 'root' }, ...places.folders.map((path) => folderClaim(seen, path))])
  }
  const unknown = gitlinks.find(({ gitlink, at }) => at === 'unknown' && gitlink.named === 'exact')
  if (unknown) return { kind: 'question', question: { code: 'unknown-commit', at: unknown.gitlink } }
  const trees: Claim[] = [
    ...places.folders.map((path) => folderClaim(seen, path)),
    ...upstreams.map(({ gitlink, at }) => submoduleClaim(gitlink, at)),
  ]
  if (trees.length > 1) return disagree(trees)
  const fork = gitlinks.find(({ gitlink, at }) => at === 'not-upstream' && gitlink.named === 'exact')
  if (fork && trees.length === 0) return { kind: 'none', why: { code: 'own-fork', at: fork.gitlink } }
  const [tree] = trees
  return tree ? atTree(seen, tree) : atPins(seen)
}

function folderClaim({ facts }: Seen, path: string): Claim {
  const release = facts.releaseOfFolder?.(path)
  return { kind: 'folder', path, ...defined({ release }) }
}

function submoduleClaim(gitlink: Gitlink, at: At): Claim {
  return { kind: 'submodule', gitlink, ...defined({ release: releaseIn(at) }) }
}

/** Kubespray's files, or the commit that they are at, are what is run; pins beside them agree, or somebody has to say. */
function atTree(seen: Seen, tree: Claim, isSettled = false): LayoutChoice {
  if (tree.kind !== 'folder' && tree.kind !== 'submodule') return atPins(seen)
  const { release } = tree
  const named = seen.pins.filter(({ at }) => typeof at === 'object')
  const isTwin = ({ at }: (typeof named)[number]): boolean => typeof at === 'object' && at.release === release
  const twins = release === undefined ? [] : named.filter(isTwin).map(({ pin }) => pin)
  const against = release === undefined ? [] : named.filter((each) => !isTwin(each))
  if (against.length > 0 && !isSettled) return disagree([tree, ...against.map(pinClaim)])
  const { base } = seen.facts
  if (base !== undefined && release !== undefined && base !== release)
    return disagree([tree, { kind: 'settings', release: base }])
  if (tree.kind === 'folder')
    return chosen(seen, { kind: 'folder', path: tree.path, twins }, undefined, twins)
  const at = seen.facts.releaseOf(tree.gitlink.commit)
  const layout: Layout = { kind: 'submodule', gitlink: tree.gitlink, twins }
  return chosen(seen, layout, typeof at === 'object' ? at : undefined, twins)
}

function pinClaim({ pin, at }: Seen['pins'][number]): Claim {
  return { kind: 'pin', pin, ...defined({ release: releaseIn(at) }) }
}

function atPins(seen: Seen, pins: Seen['pins'] = seen.pins): LayoutChoice {
  const { facts } = seen
  const named = pins.filter(({ at }) => typeof at === 'object')
  const moving = pins.filter(({ pin }) => pin.says.kind === 'branch')
  const strange = pins.find(({ at }) => at === 'unknown' || at === 'not-upstream')
  if (strange?.at === 'unknown')
    return { kind: 'question', question: { code: 'unknown-commit', at: strange.pin } }
  if (strange) return { kind: 'none', why: { code: 'own-fork', at: strange.pin } }
  const claims = [...named, ...moving].map(pinClaim)
  const releases = new Set(claims.map((claim) => ('release' in claim ? claim.release : undefined)))
  if (releases.size > 1) return disagree(claims)
  const [first, ...rest] = [...named, ...moving].map(({ pin }) => pin)
  if (!first) return atInventories(seen)
  if ([first, ...rest].every(({ only }) => only !== undefined))
    return { kind: 'none', why: { code: 'only-told', pins: [first, ...rest] } }
  const [release] = releases
  if (release === undefined && facts.base === undefined) return whichRelease(seen, [first, ...rest])
  if (release !== undefined && facts.base !== undefined && release !== facts.base)
    return disagree([...claims, { kind: 'settings', release: facts.base }])
  const base = release === undefined ? facts.base && { release: facts.base, exact: true } : baseOf(named)
  return chosen(seen, { kind: 'pin', pins: [first, ...rest] }, base, [first, ...rest])
}

/** Of several that name one release, one may be a commit after it. */
function baseOf(named: Seen['pins']): ReleaseAt | undefined {
  const all = named.flatMap(({ at }) => (typeof at === 'object' ? [at] : []))
  return all.find(({ exact }) => !exact) ?? all[0]
}

function atInventories(seen: Seen): LayoutChoice {
  const { places, facts } = seen
  const unset = places.pins.filter(({ says, only }) => says.kind === 'variable' && only === undefined)
  const told = places.pins.filter(({ only }) => only === 'readme')
  const named = told.filter(({ says }) => says.kind === 'release')
  const releases = new Set(named.map(({ says }) => (says.kind === 'release' ? says.release : undefined)))
  const fork = places.pins.find(({ only }) => only === 'own-fork')
  if (fork && facts.layout?.kind !== 'inventory') return { kind: 'none', why: { code: 'own-fork', at: fork } }
  if (places.inventories.length === 0 && facts.base === undefined) {
    if (unset.length + told.length > 0) return whichRelease(seen, [...unset, ...told])
    const loose = seen.gitlinks.find(({ gitlink, at }) => at === 'not-upstream' && gitlink.named === 'loose')
    if (loose) return { kind: 'none', why: { code: 'own-fork', at: loose.gitlink } }
    const [missing] = places.missingGitlinks
    return { kind: 'none', why: missing ? { code: 'missing-gitlink', ...missing } : { code: 'nothing' } }
  }
  if (facts.base !== undefined) {
    const pins = named.filter(({ says }) => says.kind === 'release' && says.release === facts.base)
    return chosen(seen, { kind: 'inventory', pins }, { release: facts.base, exact: true }, pins)
  }
  const [release, ...more] = releases
  if (more.length > 0) return disagree(named.map((pin) => pinClaim({ pin, at: releaseNamed(pin, facts) })))
  if (release === undefined || unset.length > 0) return whichRelease(seen, [...unset, ...told])
  return chosen(seen, { kind: 'inventory', pins: named }, { release, exact: true }, named)
}

function whichRelease({ places }: Seen, pins: readonly Pin[]): LayoutChoice {
  return { kind: 'question', question: { code: 'which-release', pins, inventories: places.inventories } }
}

/** `layout` picks one of what is there; what says otherwise beside it is left alone, and told. */
function asTheSettingsSay(seen: Seen, setting: LayoutSetting): LayoutChoice {
  const { places } = seen
  const absent: LayoutChoice = {
    kind: 'question',
    question: { code: 'not-there', setting, answers: answersFor(seen) },
  }
  switch (setting.kind) {
    case 'root':
      return places.isRoot ? chosen(seen, { kind: 'root' }, undefined, []) : absent
    case 'folder':
      return places.folders.includes(setting.path)
        ? atTree(seen, folderClaim(seen, setting.path), true)
        : absent
    case 'submodule': {
      const found = seen.gitlinks.find(({ gitlink }) => gitlink.path === setting.path)
      if (!found) return absent
      if (found.at === 'unknown')
        return { kind: 'question', question: { code: 'unknown-commit', at: found.gitlink } }
      if (found.at === 'not-upstream') return { kind: 'none', why: { code: 'own-fork', at: found.gitlink } }
      return atTree(seen, submoduleClaim(found.gitlink, found.at), true)
    }
    case 'pin': {
      const inFile = seen.pins.filter(({ pin }) => pin.file === setting.path)
      const names = inFile.flatMap(({ at }) => (typeof at === 'object' ? [at.release] : []))
      const agreeing = seen.pins.filter(
        (each) => inFile.includes(each) || (typeof each.at === 'object' && names.includes(each.at.release)),
      )
      return inFile.length > 0 ? atPins(seen, agreeing) : absent
    }
    case 'inventory':
      return atInventories(seen)
  }
}

function answersFor({ places, gitlinks, pins }: Seen): readonly LayoutSetting[] {
  const files = new Set(pins.filter(({ pin }) => pin.only === undefined).map(({ pin }) => pin.file))
  return [
    ...(places.isRoot ? [{ kind: 'root' as const }] : []),
    ...places.folders.map((path) => ({ kind: 'folder' as const, path })),
    ...gitlinks
      .filter(({ at, gitlink }) => typeof at === 'object' || gitlink.named === 'exact')
      .map(({ gitlink }) => ({ kind: 'submodule' as const, path: gitlink.path })),
    ...[...files].map((path) => ({ kind: 'pin' as const, path })),
    ...(places.inventories.length > 0 ? [{ kind: 'inventory' as const }] : []),
  ]
}

/** Against `base` no `layout` helps: one of the two has to be made the other. */
function disagree(claims: readonly Claim[]): LayoutChoice {
  const isWithBase = claims.some(({ kind }) => kind === 'settings')
  const named = claims.flatMap((claim): LayoutSetting[] => {
    if (isWithBase || claim.kind === 'settings') return []
    if (claim.kind === 'root') return [{ kind: 'root' }]
    if (claim.kind === 'folder') return [{ kind: 'folder', path: claim.path }]
    if (claim.kind === 'submodule') return [{ kind: 'submodule', path: claim.gitlink.path }]
    return claim.pin.only === undefined ? [{ kind: 'pin', path: claim.pin.file }] : []
  })
  const answers = named.filter((each, at) => named.findIndex((other) => isSame(each, other)) === at)
  return { kind: 'question', question: { code: 'disagree', claims, answers } }
}

function isSame(a: LayoutSetting, b: LayoutSetting): boolean {
  return a.kind === b.kind && ('path' in a ? a.path : '') === ('path' in b ? b.path : '')
}

function chosen(
  { places }: Seen,
  layout: Layout,
  base: ReleaseAt | undefined,
  moved: readonly Pin[],
): LayoutChoice {
  const others = places.pins.filter((pin) => !moved.includes(pin))
  const whole = layout.kind === 'root' || others.length === 0 ? layout : { ...layout, others }
  return { kind: 'layout', layout: whole, ...defined({ base }) }
}
