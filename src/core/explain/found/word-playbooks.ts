import type { LintFinding } from '../../plan/lint-finding.ts'
import type { PlaybookFacts, PlaybookFinding } from '../../playbooks/playbook-finding.ts'

/** Puts what was found in somebody's own playbooks into words. */
export function wordPlaybooks(findings: readonly PlaybookFinding[]): readonly LintFinding[] {
  return findings.map(({ facts, ...place }) => {
    const { code, name } = facts
    const meant = 'now' in facts && facts.now !== undefined ? { meant: facts.now } : {}
    return { ...place, code, key: name, message: say(facts), ...meant }
  })
}

function say(facts: PlaybookFacts): string {
  switch (facts.code) {
    case 'playbook-role':
      return sayRole(facts)
    case 'playbook-file':
      return sayFile(facts)
    case 'playbook-group':
      return sayGroup(facts)
    case 'playbook-copy':
      return sayCopy(facts)
    case 'playbook-variable':
      return `\`${facts.name}\` has no value in ${facts.release} any more, and this reads it: give it one of your own, or remove it.`
  }
}

type Of<C extends PlaybookFacts['code']> = Extract<PlaybookFacts, { readonly code: C }>

function sayRole({ name, release, now, isConditional }: Of<'playbook-role'>): string {
  const then = isConditional ? 'the play stops where it comes to it' : 'the play stops before its first task'
  const where =
    now === undefined ? '' : ` Most of its files stand in \`${now}\` now: look whether that is what you mean.`
  return `${release} has no role \`${name}\` any more, so ${then}.${where}`
}

function sayCopy({ name, from, to, isGone, isChanged }: Of<'playbook-copy'>): string {
  const own = isChanged ? ' with changes of yours, which I do not carry' : ', which I leave as it is'
  const head = `This is a copy of ${from}'s \`${name}\`${own}`
  if (isGone) return `${head}: ${to} has that file no more, so look where it belongs now.`
  const then = isChanged ? `Put your changes into the file of ${to}` : `Take the file of ${to}`
  return `${head}: ${to} changed that file, and where yours is put over it, that is lost. ${then}; \`git diff ${from} ${to} -- ${name}\` in a clone of Kubespray shows what it changed.`
}

function sayFile({ name, release, now, isImported, isMade }: Of<'playbook-file'>): string {
  if (isMade) return `\`${name}\` stands at \`${now ?? ''}\` in ${release}; the step writes that here.`
  const then = isImported ? ', so the play stops before its first task' : ''
  const where = now === undefined ? '' : ` There is \`${now}\` now: look whether that is what you mean.`
  return `${release} has no \`${name}\` any more${then}.${where}`
}

function sayGroup({ name, release, now, inventory, isMade }: Of<'playbook-group'>): string {
  const head = `The group \`${name}\` is called \`${now}\` in ${release}`
  if (isMade) return `${head}, and in your inventory after this step; the step writes that here as well.`
  if (inventory === 'renamed')
    return `${head}, and in your inventory after this step, so this matches no host any more. Please write \`${now}\`.`
  return `${head}. If your inventory follows, this matches no host any more: write \`${now}\` then.`
}
