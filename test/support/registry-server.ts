import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { MemoryValueCache } from '../../src/adapters/memory/memory-value-cache.ts'
import { LIMITS, type RegistryLimits } from '../../src/adapters/registry/ask-registry.ts'
import { OciRegistry } from '../../src/adapters/registry/oci-registry.ts'
import type { Resolve } from '../../src/adapters/registry/request-once.ts'

/** A list of manifests with one architecture. */
export const LIST = { manifests: [{ platform: { os: 'linux', architecture: 'arm64' } }] }

interface Place {
  readonly host: string
  /** What it was asked, as `/v2/…`. */
  readonly asked: string[]
}

/** A registry of this machine, gone when the test ends. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Place> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

export function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

interface Given {
  readonly named?: readonly string[]
  readonly resolve?: Resolve
  readonly limits?: Partial<RegistryLimits>
  now?(this: void): number
}

export function registryWith({ limits, now = () => 0, ...reach }: Given): OciRegistry {
  return new OciRegistry({
    cache: new MemoryValueCache(),
    clock: { now },
    limits: { ...LIMITS, ...limits },
    ...reach,
  })
}
