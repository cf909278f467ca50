/** What a manifest says of architectures: it names them, or it names the configuration that does, or it says nothing of them. */
type ManifestSays =
  | { readonly kind: 'architectures'; readonly architectures: readonly string[] }
  | { readonly kind: 'config'; readonly digest: string }
  | { readonly kind: 'nothing' }

/** The forms that are asked for: lists first, so that a registry with both gives the list. */
export const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  // The first form of all, of which old tags may have no other.
  'application/vnd.docker.distribution.manifest.v1+prettyjws',
] as const

/** Reads a manifest by what stands in it; registries are not to be trusted about media types. */
export function readManifest(manifest: unknown): ManifestSays {
  if (!isRecord(manifest)) return { kind: 'nothing' }
  const { manifests, config } = manifest
  if (Array.isArray(manifests)) {
    const architectures = [...new Set(manifests.flatMap(architectureOfEntry))]
    return architectures.length > 0 ? { kind: 'architectures', architectures } : { kind: 'nothing' }
  }
  if (isRecord(config) && typeof config['digest'] === 'string')
    return { kind: 'config', digest: config['digest'] }
  // In the first form the manifest of one image names its architecture itself, as a configuration does.
  const own = architectureOf(manifest)
  return own === undefined ? { kind: 'nothing' } : { kind: 'architectures', architectures: [own] }
}

/** The architecture of a configuration, of Linux. */
export function architectureOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined
  const { architecture, os } = value
  if (typeof architecture !== 'string' || (os !== undefined && os !== 'linux')) return undefined
  // What is attested about an image stands in its list as an entry of its own, for `unknown`.
  return architecture === 'unknown' || architecture === '' ? undefined : architecture
}

function architectureOfEntry(entry: unknown): readonly string[] {
  const architecture = isRecord(entry) ? architectureOf(entry['platform']) : undefined
  return architecture === undefined ? [] : [architecture]
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
