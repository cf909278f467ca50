/**
 * Actions by commit, each with its version: what `.github/workflows` of this project uses. Dependabot moves them there; a test fails until they
 * are moved here as well.
 */
const PINNED = {
  'actions/checkout': '3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
  'docker/setup-qemu-action': '96fe6ef7f33517b61c61be40b68a1882f3264fb8 # v4.2.0',
  'docker/setup-buildx-action': '37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0',
  'docker/login-action': '4907a6ddec9925e35a0a9e82d7399ccc52663121 # v4.1.0',
  'docker/build-push-action': '53b7df96c91f9c12dcc8a07bcb9ccacbed38856a # v7.3.0',
} as const

/** An action as a step of a workflow names it. */
export function pinnedAction(name: keyof typeof PINNED): string {
  return `${name}@${PINNED[name]}`
}
