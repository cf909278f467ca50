/** As a name becomes a part of branches and refs: `multiarch/prod/kubespray-2.30.0`. */
const NAME = /^(?!.*\.\.)(?!.*\.lock$)[A-Za-z0-9](?:[A-Za-z0-9._-]{0,38}[A-Za-z0-9_-])?$/

/** Names that branches of ours have already, so that git could not keep a branch below them. */
const TAKEN = /^(?:onboarding|audit|(?:kubespray|kubernetes|addons)-\d.*)$/i

/** Whether git and file systems take a name for a part of a ref, beside the branches that there are. */
export function isClusterName(name: string): boolean {
  return NAME.test(name) && !TAKEN.test(name)
}
