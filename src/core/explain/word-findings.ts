import type { Cause, Finding, FindingFacts, Found } from '../audit/finding.ts'
import { enumerated } from '../text/enumerated.ts'

/** Puts what an audit found into words, with whose doing it is. */
export function wordFindings(found: readonly Found[]): readonly Finding[] {
  return found.map(({ facts, message, ...finding }) => {
    const said = message ?? (facts ? say(facts) : '')
    const cause = finding.cause ? causeSentence(finding.cause) : ''
    return { ...finding, message: `${said}${cause === '' ? '' : ` ${cause}`}` }
  })
}

function say(facts: FindingFacts): string {
  switch (facts.kind) {
    case 'nothing-defines': {
      const stops = facts.enabled
        ? `so \`${facts.component}\` cannot be downloaded there, and the play stops.`
        : `and although \`${facts.component}\` is switched off, Ansible renders all downloads in one piece, so this stops the play.`
      return `\`${facts.component}\` asks for \`${facts.what}\` on nodes of ${enumerated(facts.on)}, which nothing defines, ${stops}`
    }
    case 'shared-checksum':
      return sayShared(facts)
    case 'corrected-checksum': {
      const on = facts.on.length > 0 ? ` for ${enumerated(facts.on)}` : ''
      return `${facts.by} has another checksum of \`${facts.component}\` ${facts.version}${on} in \`${facts.variable}\`: either this one is wrong by now, and the download fails, or that release takes another file. Compare the two before you rely on it.`
    }
  }
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
