import type { FileOutcome, Verdict } from '../../model/verdict.ts'

/** What became of a patch, from what became of its files: the one that needs most attention decides. */
export function judge(outcomes: readonly FileOutcome[]): Verdict {
  const verdicts = new Set(outcomes.map(({ verdict }) => verdict))
  if (verdicts.has('conflict')) return 'conflict'
  const carried = verdicts.has('clean') || verdicts.has('moved') || verdicts.has('adapted')
  if (!carried) return verdicts.has('obsolete') ? 'obsolete' : 'upstreamed'
  // A patch of which a part was left out is another patch: a person should see what is left.
  if (verdicts.has('adapted') || verdicts.has('obsolete') || outcomes.some(isTaken)) return 'adapted'
  return verdicts.has('moved') ? 'moved' : 'clean'
}

/** Upstream's history and not the text alone says that it has this part, which may be in another form. */
function isTaken({ verdict, upstream }: FileOutcome): boolean {
  return verdict === 'upstreamed' && upstream.length > 0
}
