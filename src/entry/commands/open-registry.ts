import { OciRegistry } from '../../adapters/registry/oci-registry.ts'
import type { ImageRegistry } from '../../ports/image-registry.ts'
import { listedRegistries } from '../../core/model/image-name.ts'
import { catalogueCache } from '../cache/catalogue-cache.ts'

/**
 * The registries of the world, and those of a private network that somebody named; asked only where somebody wants it. What they said is
 * kept beside the catalogues.
 */
export function openRegistry(named: string | undefined): ImageRegistry {
  return new OciRegistry({
    cache: catalogueCache(),
    clock: Date,
    named: named ? listedRegistries(named) : [],
  })
}
