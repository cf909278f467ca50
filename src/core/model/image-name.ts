/** An image as the registry that holds it is asked for it. */
export interface ImageName {
  /** With its port, where it has one. */
  readonly registry: string
  /** `library/nginx` on Docker Hub for what is written `nginx`. */
  readonly repository: string
  /** A tag, or a digest (`sha256:…`). */
  readonly reference: string
}

/**
 * What is known of an image: the architectures it has a manifest for, in OCI's spelling and of Linux alone; or that its
 * registry has no such image; or why nobody knows.
 */
export type ImageAnswer =
  | { readonly kind: 'found'; readonly architectures: readonly string[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly why: string }

/** Answers by the name that was asked for. */
export type ImageAnswers = ReadonlyMap<string, ImageAnswer>

export const DOCKER_HUB = 'docker.io'

/** Reads a name as container runtimes do: without a registry it is Docker Hub's. What is no name of an image is `undefined`. */
export function readImageName(text: string): ImageName | undefined {
  const [named = '', digest] = text.trim().split(/@(.*)/s)
  const slash = named.indexOf('/')
  const first = named.slice(0, slash)
  const isRegistry = slash > 0 && (/[.:]/.test(first) || first === 'localhost')
  const path = isRegistry ? named.slice(slash + 1) : named
  const colon = path.lastIndexOf(':')
  const repository = colon < 0 ? path : path.slice(0, colon)
  const reference = digest ?? (colon < 0 ? 'latest' : path.slice(colon + 1))
  const registry = isRegistry ? first : DOCKER_HUB
  if (!REGISTRY.test(registry) || !REPOSITORY.test(repository) || !isReference(reference)) return undefined
  const isOfficial = registry === DOCKER_HUB && !repository.includes('/')
  return { registry, repository: isOfficial ? `library/${repository}` : repository, reference }
}

/** The forms that the distribution specification allows. */
const REGISTRY = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/i
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/

function isReference(text: string): boolean {
  return isDigest(text) || /^\w[\w.-]{0,127}$/.test(text)
}

/** Whether a reference names what never changes. */
export function isDigest(reference: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(reference)
}
