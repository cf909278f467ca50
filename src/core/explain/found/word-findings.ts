import type {
  Cause,
  Finding,
  FindingFacts,
  Found,
  GoneFacts,
  ImageNotBuilt,
  NothingDefines,
  PluginNotBuilt,
} from '../../audit/finding.ts'
import { codeSpan } from '../../model/code-span.ts'
import { isInside } from '../../model/parent-of.ts'
import { enumerated, someOf } from '../../text/enumerated.ts'
import { sayReleaseCheck } from './say-release-check.ts'

/** Puts what an audit found into words, with whose doing it is. */
export function wordFindings(found: readonly Found[]): readonly Finding[] {
  return found.map(({ facts, message: own, ...finding }) => {
    const said = own ?? (facts ? say(facts) : '')
    const cause = finding.cause ? causeSentence(finding.cause) : ''
    const message = [said, cause, whoseSentence(finding)].filter((each) => each !== '').join(' ')
    return { ...finding, message }
  })
}

function say(facts: FindingFacts): string {
  switch (facts.kind) {
    case 'release-check':
      return sayReleaseCheck(facts)
    case 'nothing-defines':
      return facts.all ? sayAllOf(facts, facts.all) : sayUndefined(facts)
    case 'shared-checksum':
      return sayShared(facts)
    case 'corrected-checksum': {
      const on = facts.on.length > 0 ? ` for ${enumerated(facts.on)}` : ''
      return `${facts.by} has another checksum of \`${facts.component}\` ${facts.version}${on} in \`${facts.variable}\`: either this one is wrong by now, and the download fails, or that release takes another file. Compare the two before you rely on it.`
    }
    case 'plugin-not-built':
      return sayPlugin(facts)
    case 'image-not-built':
      return sayImage(facts)
    case 'gone-from-kubernetes':
      return sayGone(facts)
    case 'above-release':
      return `Kubernetes ${facts.kubernetes} is above the minor that this release was made for (${facts.madeFor}): what is above it is listed there, and neither tested nor supported.`
  }
}

function sayUndefined({ component, what, on, enabled }: NothingDefines): string {
  const stops = enabled
    ? `so \`${component}\` cannot be downloaded there, and the play stops.`
    : `and although \`${component}\` is switched off, Ansible renders all downloads in one piece, so this stops the play.`
  return `\`${component}\` asks for \`${what}\` on nodes of ${enumerated(on)}, which nothing defines, ${stops}`
}

/** One variable that many downloads ask for is one thing to mend. */
function sayAllOf(
  { what, on, settings = [], withSetting = 0 }: NothingDefines,
  all: NonNullable<NothingDefines['all']>,
): string {
  const used = all.filter(({ enabled }) => enabled)
  const names = [...used, ...all.filter(({ enabled }) => !enabled)].map(({ component }) => `\`${component}\``)
  const which = enumerated(someOf(names, MOST_NAMED))
  const stops =
    used.length > 0
      ? 'so they cannot be downloaded there, and the play stops.'
      : 'and although they are switched off, Ansible renders all downloads in one piece, so this stops the play.'
  const asks = `${all.length} downloads ask for \`${what}\` on nodes of ${enumerated(on)}, which nothing defines (${which}), ${stops}`
  if (settings.length === 0 || (settings.length === 1 && withSetting === all.length)) return asks
  const told = settings.map(({ name, file, line }) => `\`${name}\` (\`${file}:${line}\`)`)
  const places = enumerated(someOf(told, MOST_NAMED))
  const known = withSetting < all.length ? ` of ${withSetting} of them` : ''
  return `${asks} The reason${known} is what you set in ${places}.`
}

/** A few say what it is about; the rest is of the same variable. */
const MOST_NAMED = 5

/** Which inventories it is about, where the place does not say so already. */
function whoseSentence({ only, file }: Pick<Finding, 'only' | 'file'>): string {
  if (!only || (only.inventories.length === 1 && isInside(file, only.inventories[0] ?? ''))) return ''
  const names = someOf(
    only.inventories.map((each) => codeSpan(each === '' ? '.' : each)),
    MOST_INVENTORIES,
  )
  return `That is so with ${only.inventories.length} of ${only.of} inventories: ${enumerated(names)}.`
}

const MOST_INVENTORIES = 4

function sayPlugin(facts: PluginNotBuilt): string {
  const { plugin, on, image, why, isOwn } = facts
  const what = image === undefined ? `\`${plugin}\`` : `\`${plugin}\` (\`${image}\`)`
  const whose = isOwn
    ? ''
    : ' That is upstream’s sample; your own inventory, which is not here, may name another.'
  return `The network plugin ${what} has no image for ${enumerated(on)}, so those nodes would have no network: ${why}${sources(facts.references)}. ${sayInstead(facts)}${whose}`
}

function sayInstead({ all, instead, afterFix }: PluginNotBuilt): string {
  const whole = enumerated(all)
  const fixed = afterFix.length > 0 ? `${enumerated(afterFix)} once it is patched (\`audit --fix\`)` : ''
  const has = instead.length === 1 ? 'has' : 'have'
  if (instead.length > 0)
    return `Of this release’s plugins ${enumerated(instead)} ${has} images for ${whole}${fixed === '' ? '' : `, and ${fixed}`}.`
  return fixed === ''
    ? `I know of no plugin of this release with images for ${whole}.`
    : `Of this release’s plugins there are images for ${whole} of ${fixed}.`
}

function sayImage({ image, on, why, references }: ImageNotBuilt): string {
  return `\`${image}\` cannot run on nodes of ${enumerated(on)}: ${why}${sources(references)}.`
}

const GONE: Readonly<Record<GoneFacts['what'], { readonly noun: string; readonly comesTo: string }>> = {
  'admission-plugin': {
    noun: 'admission plugin',
    comesTo: 'kube-apiserver does not start with the name of one that it does not know',
  },
  'feature-gate': {
    noun: 'feature gate',
    comesTo: 'a component does not start with a gate that it does not know',
  },
  flag: { noun: 'flag', comesTo: 'the component does not start with a flag that it does not know' },
  'api-group': {
    noun: 'group of APIs',
    comesTo: 'kube-apiserver does not start with a group that it does not know',
  },
  api: { noun: 'API', comesTo: 'applying it fails' },
}

function sayGone(facts: GoneFacts): string {
  const { what, name, since, minor, references, instead, variable, by } = facts
  const { noun, comesTo } = GONE[what]
  const runs = minor === since ? '' : `, and this is 1.${minor}`
  const todo = by && variable !== undefined ? ` Switch \`${variable}\` off first.` : ''
  const then = instead === undefined ? '' : ` ${instead}`
  return `${whoAsks(facts)} the ${noun} \`${name}\`, which Kubernetes has no more since 1.${since}${runs}: ${comesTo}${sources(references)}.${todo}${then}`
}

function whoAsks({ variable, by }: GoneFacts): string {
  if (!by) return variable === undefined ? 'This asks for' : `\`${variable}\` asks for`
  const who = variable === undefined ? 'This release' : `\`${variable}\``
  return `${who} has ${codeSpan(`${by.file}:${by.line}`)} ask for`
}

function sources(references: readonly string[]): string {
  return references.length > 0 ? ` (${references.join(', ')})` : ''
}

function sayShared({
  component,
  on,
  both,
  shared,
  contradictedBy,
}: Extract<FindingFacts, { kind: 'shared-checksum' }>): string {
  const version = shared.version === '' ? '' : ` ${shared.version}`
  const head = `\`${shared.variable}\` has one checksum of \`${component}\`${version} for ${enumerated(both)}, whose builds are different files`
  const whose = contradictedBy
    ? `; ${contradictedBy} has another for ${enumerated(on)}, so the download fails there.`
    : ': it is right for one of them at most, and no release I looked at tells for which.'
  return `${head}${whose} Choose another version, or correct the checksum.`
}

/** Nothing of a release that is as it is: the sentence before says what it lacks. */
function causeSentence(cause: Cause): string {
  switch (cause.kind) {
    case 'release':
      return ''
    case 'setting':
      return `This comes of \`${cause.name}\` (\`${cause.file}:${cause.line}\`): without it the release has no such trouble.`
    case 'patch':
      return 'This comes of your patches: the release itself has no such trouble.'
    case 'patch-and-setting':
      return 'This comes of your patches and your settings together: the release with these settings has no such trouble, nor have your patches without them.'
  }
}
