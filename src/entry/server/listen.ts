import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that can be reached. */
export interface Listening {
  readonly url: string
  /** Takes nothing new; what is under way is given so many milliseconds, then cut off. */
  close(grace: number): Promise<void>
}

/** Opens a server's port. Rejects where it is taken. */
export async function listen(
  server: Server,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { address, port: opened } = server.address() as AddressInfo
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${opened}`,
    close: async (grace) => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      // Whoever dawdles over a request must not keep the process from ending.
      const cut = setTimeout(() => server.closeAllConnections(), grace)
      await closed
      clearTimeout(cut)
    },
  }
}
