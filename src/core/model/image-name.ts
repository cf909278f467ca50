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
  const hasRegistry = slash > 0 && (/[.:]/.test(first) || first === 'localhost')
  const path = hasRegistry ? named.slice(slash + 1) : named
  const colon = path.lastIndexOf(':')
  const repository = colon < 0 ? path : path.slice(0, colon)
  const reference = digest ?? (colon < 0 ? 'latest' : path.slice(colon + 1))
  const registry = hasRegistry ? first : DOCKER_HUB
  if (!isRegistry(registry) || !REPOSITORY.test(repository) || !isReference(reference)) return undefined
  const isOfficial = registry === DOCKER_HUB && !repository.includes('/')
  return { registry, repository: isOfficial ? `library/${repository}` : repository, reference }
}

/** An image kept in a registry of one's own, below a name that holds the whole of its own: no two images share one. */
interface MirroredImage {
  readonly repository: string
  readonly tag: string
  /** The image itself, written out: by its digest where it is named by one, else by its tag. */
  readonly source: string
}

/** `quay.io/coreos/flannel` with `v0.10.0`. A port has no place in the name of a repository, and is set off by what no host's name holds. */
export function mirroredImage(name: string): MirroredImage {
  const read = readImageName(name)
  if (!read) throw new Error(`${name} is no name of an image`)
  const { registry, repository, reference } = read
  const digest = isDigest(reference) ? reference : undefined
  const [named = ''] = name.split('@')
  const isTagged = /:[^/:]+$/.test(named)
  const tagged = isTagged ? named.slice(named.lastIndexOf(':') + 1) : undefined
  const short = digest?.slice('sha256:'.length).slice(0, 12)
  return {
    repository: `${registry.toLowerCase().replace(':', '__')}/${repository}`,
    tag: tagged ?? (short === undefined ? reference : `sha256-${short}`),
    source: `${registry}/${repository}${digest === undefined ? ':' : '@'}${reference}`,
  }
}

/** The forms that the distribution specification allows. */
const REGISTRY = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/i
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/

/** Whether this is the name of a registry, with a port or without one: a host that can be asked. */
export function isRegistry(text: string): boolean {
  return REGISTRY.test(text) && URL.canParse(`https://${text}`)
}

/** Registries as a person lists them, `registry.lan:5000,localhost`. */
export function listedRegistries(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim())
}

function isReference(text: string): boolean {
  return isDigest(text) || /^\w[\w.-]{0,127}$/.test(text)
}

/** Whether a reference names what never changes. */
export function isDigest(reference: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(reference)
}
