import { OciRegistry } from '../../adapters/registry/oci-registry.ts'
import type { ImageRegistry } from '../../ports/image-registry.ts'
import { catalogueCache } from './catalogue-cache.ts'

/** The registries of the world, asked only where somebody wants it; what they said is kept beside the catalogues. */
export function openRegistry(): ImageRegistry {
  return new OciRegistry({ cache: catalogueCache(), clock: Date })
}
