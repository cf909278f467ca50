import { createHash } from 'node:crypto'
import { defined, optional } from '../../core/model/defined.ts'
import {
  DOCKER_HUB,
  isDigest,
  readImageName,
  type ImageAnswer,
  type ImageAnswers,
  type ImageName,
} from '../../core/model/image-name.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ImageRegistry } from '../../ports/image-registry.ts'
import type { ValueCache } from '../../ports/value-cache.ts'
import type { Resolve } from './request-once.ts'
import { readChallenge, tokenAddress } from './read-challenge.ts'
import { RegistryFailure } from './registry-failure.ts'
import { askRegistry, LIMITS, type Reach, type RegistryLimits, type RegistryReply } from './ask-registry.ts'
import { architectureOf, MANIFEST_TYPES, readManifest } from './read-manifest.ts'

interface OciRegistryOptions {
  readonly cache: ValueCache
  readonly clock: Clock
  readonly limits?: RegistryLimits
  /** Registries that may stand in a private network, `registry.lan:5000`: those that somebody named. */
  readonly named?: readonly string[]
  readonly resolve?: Resolve
}

/** Asks real registries, by the OCI distribution specification, anonymously. */
export class OciRegistry implements ImageRegistry {
  readonly #cache: ValueCache
  readonly #clock: Clock
  readonly #limits: RegistryLimits
  readonly #reach: Reach
  /** By registry and repository: one token is for all its manifests. */
  readonly #tokens = new Map<string, string>()

  constructor({ cache, clock, limits = LIMITS, named = [], resolve }: OciRegistryOptions) {
    this.#cache = cache
    this.#clock = clock
    this.#limits = limits
    this.#reach = { named: new Set(named.map((name) => placeOf(name).host)), ...defined({ resolve }) }
  }

  async ask(images: readonly string[]): Promise<ImageAnswers> {
    const answers = new Map<string, ImageAnswer>()
    const waiting = [...new Set(images)]
    const away = new Map<string, string>()
    const work = async (): Promise<void> => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift())
        answers.set(name, await this.#answerFor(name, away))
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    return new Map(images.map((name) => [name, answers.get(name) as ImageAnswer]))
  }

  /** `away` holds the registries of this run that nothing could be had from: they are asked no more. */
  async #answerFor(name: string, away: Map<string, string>): Promise<ImageAnswer> {
    const image = readImageName(name)
    if (!image) return { kind: 'unknown', why: `\`${name}\` is no name of an image` }
    const known = await this.#recall(image)
    if (known) return known
    const why = away.get(image.registry)
    if (why !== undefined) return { kind: 'unknown', why }
    try {
      const answer = await this.#find(image)
      if (answer.kind === 'found') await this.#keep(image, answer)
      return answer
    } catch (error) {
      if (!(error instanceof RegistryFailure)) throw error
      const sentence = `\`${image.registry}\` ${error.message}`
      if (error.isOfHost) away.set(image.registry, sentence)
      return { kind: 'unknown', why: sentence }
    }
  }

  async #find(image: ImageName): Promise<ImageAnswer> {
    const reply = await this.#get(image, `manifests/${image.reference}`, MANIFEST_TYPES.join(', '))
    if (reply.status === 404) return { kind: 'absent' }
    const says = readManifest(allowed(reply))
    if (says.kind === 'architectures') return { kind: 'found', architectures: says.architectures }
    if (says.kind === 'nothing' || !isDigest(says.digest))
      throw new RegistryFailure(`has \`${image.repository}\` in a form that names no architecture`, 'image')
    const config = await this.#get(image, `blobs/${says.digest}`, '*/*')
    const architecture = architectureOf(allowed(config))
    return { kind: 'found', architectures: architecture === undefined ? [] : [architecture] }
  }

  /** Asks as a stranger; a registry that wants a token first says where strangers get one. */
  async #get(image: ImageName, path: string, accept: string): Promise<RegistryReply> {
    const { registry, repository } = image
    const address = new URL(`/v2/${repository}/${path}`, placeOf(registry))
    const place = `${registry}/${repository}`
    const ask = (token: string | undefined): Promise<RegistryReply> =>
      askRegistry(
        {
          address,
          headers: { accept, ...optional(token, (token) => ({ authorization: `Bearer ${token}` })) },
        },
        this.#limits,
        this.#reach,
      )
    const first = await ask(this.#tokens.get(place))
    if (first.status !== 401) return first
    const token = await this.#tokenFor(first, address)
    this.#tokens.set(place, token)
    return ask(token)
  }

  async #tokenFor({ challenge }: RegistryReply, asked: URL): Promise<string> {
    const read = readChallenge(challenge)
    const address = read && tokenAddress(read)
    // Nothing secret is sent, but an answer that came over a plain connection is anybody's.
    if (!address || (address.protocol !== 'https:' && asked.protocol === 'https:'))
      throw new RegistryFailure('asks for an account', 'image')
    const { status, json } = await askRegistry(
      { address, headers: { accept: 'application/json' }, sentBy: asked },
      this.#limits,
      this.#reach,
    )
    const { token, access_token: other } = (json ?? {}) as { token?: unknown; access_token?: unknown }
    const found = [token, other].find((each) => typeof each === 'string')
    if (status !== 200 || found === undefined) throw new RegistryFailure('asks for an account', 'image')
    return found
  }

  async #recall(image: ImageName): Promise<ImageAnswer | undefined> {
    const kept = (await this.#cache.get(keyOf(image))) as Kept | undefined
    if (kept === undefined || !Array.isArray(kept.architectures)) return undefined
    const isFresh = isDigest(image.reference) || this.#clock.now() - kept.at < TAG_KEPT
    return isFresh ? { kind: 'found', architectures: kept.architectures } : undefined
  }

  async #keep(image: ImageName, { architectures }: ImageAnswer & { kind: 'found' }): Promise<void> {
    await this.#cache.put(keyOf(image), { at: this.#clock.now(), architectures } satisfies Kept)
  }
}

interface Kept {
  readonly at: number
  readonly architectures: readonly string[]
}

/** Enough to hide the way there and back, and no crowd: a release has some thirty images in five registries. */
const AT_ONCE = 6

/** A tag may be moved, and the ones that releases name hardly ever are. */
const TAG_KEPT = 24 * 60 * 60 * 1000

function keyOf({ registry, repository, reference }: ImageName): string {
  const name = `${registry}/${repository} ${reference}`
  return `image-1-${createHash('sha256').update(name).digest('hex')}`
}

/** What a registry gave, unless it did not want to. */
function allowed({ status, json }: RegistryReply): unknown {
  if (status === 200) return json
  if (status === 401 || status === 403) throw new RegistryFailure('asks for an account', 'image')
  if (status === 429) throw new RegistryFailure('has had enough questions from here for now', 'host')
  throw new RegistryFailure(`answers ${status}`, status >= 500 ? 'host' : 'image')
}

function placeOf(registry: string): URL {
  return new URL(`${schemeOf(registry)}://${hostOf(registry)}`)
}

/** Docker Hub's images are not served under the name that stands in front of them. */
function hostOf(registry: string): string {
  return registry === DOCKER_HUB ? 'registry-1.docker.io' : registry
}

/** A registry on this very machine has no certificate; every other one needs one. */
function schemeOf(registry: string): 'http' | 'https' {
  return /^(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(registry) ? 'http' : 'https'
}
