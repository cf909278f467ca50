import type { ReleaseTag } from '../model/release-tag.ts'

/** The head of what a step has in store; of those behind the next one only what would stop the play is said. */
export function stepHead(to: ReleaseTag, index: number, kubernetes?: string): string {
  if (kubernetes !== undefined)
    return `What would stop the step to Kubernetes ${kubernetes} in ${to}, with the inventory as it is:`
  return index === 0
    ? 'What the next step changes for the inventory:'
    : `What would stop the play at ${to}, with the inventory as it is:`
}

export function aboveReleaseSentence(
  {
    inventory,
    kubernetes,
    madeFor,
  }: { readonly inventory: string; readonly kubernetes: string; readonly madeFor: string },
  release: ReleaseTag,
): string {
  return `${inventory === '' ? 'The inventory' : inventory} runs Kubernetes ${kubernetes}, and ${release} was made for ${madeFor}: what is above its minor is listed there, and neither tested nor supported.`
}
