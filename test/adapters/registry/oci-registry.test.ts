import { MemoryValueCache } from '../../../src/adapters/memory/memory-value-cache.ts'
import { OciRegistry } from '../../../src/adapters/registry/oci-registry.ts'
import { describeRegistry, IMAGES } from '../../contract/registry.ts'
import { registryMissing, startRegistry } from '../../support/docker-registry.ts'

describeRegistry({ name: 'a real registry', missing: registryMissing() }, async () => {
  const server = await startRegistry()
  const digests = []
  for (const image of IMAGES) digests.push(await server.push(image))
  const registry = new OciRegistry({ cache: new MemoryValueCache(), clock: Date, named: [server.host] })
  return { registry, digests, host: server.host, close: () => server.close() }
})
