import type { Architecture } from '../../model/architecture.ts'
import { compareVersions } from '../../model/release-tag.ts'
import { wordsIn } from '../words-in.ts'
import { KNOWN_IMAGES, type KnownBuilds, type KnownImage } from './known-images.ts'

/** What is known of an image without its registry. */
interface BuildsOf {
  readonly known: KnownImage
  /** Absent where nothing is known of this version. */
  readonly builds?: KnownBuilds
  /** Whether the tag says that it is the build for one architecture. */
  readonly suffix?: Architecture
}

/** What is known of an image by its full name (`docker.io/cilium/cilium:v1.3.0`); `undefined` for one of which nothing is. */
export function buildsOf(image: string): BuildsOf | undefined {
  const [repository = '', tag = ''] = image.split(/:(?=[^:/]*$)/)
  const known = KNOWN_IMAGES.find(
    (each) => each.repository.test(repository) && (each.tag === undefined || each.tag.test(tag)),
  )
  if (!known) return undefined
  const word = wordsIn(tag)[0]?.architecture ?? (/-arm$/.test(tag) ? 'arm' : undefined)
  if (word) return { known, suffix: word }
  const builds = known.builds.find((each) => holdsFor(each, tag))
  return builds ? { known, builds } : { known }
}

/** Whether an image runs on nodes of an architecture, where that is known. */
export function runsOn(image: string, architecture: Architecture): 'yes' | 'no' | 'unknown' {
  const found = buildsOf(image)
  if (!found) return 'unknown'
  const { known, builds, suffix } = found
  // A tag for another architecture is told by its name already.
  if (suffix)
    return suffix === architecture && known.suffixed ? answer(known.suffixed.includes(suffix)) : 'unknown'
  if (builds?.has.includes(architecture)) return 'yes'
  return builds?.lacks.includes(architecture) ? 'no' : 'unknown'
}

function answer(runs: boolean): 'yes' | 'no' {
  return runs ? 'yes' : 'no'
}

/** A tag without a version (`latest`) is in no range. */
function holdsFor({ since, until }: KnownBuilds, tag: string): boolean {
  if (since === undefined && until === undefined) return true
  const version = /^v?(\d+\.\d+(?:\.\d+)?)/.exec(tag)?.[1]
  if (version === undefined) return false
  return (
    (since === undefined || compareVersions(version, since) >= 0) &&
    (until === undefined || compareVersions(version, until) < 0)
  )
}
