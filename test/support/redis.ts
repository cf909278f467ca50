import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeFolder } from './remove-folder.ts'

export interface TestRedis {
  readonly url: string
  /** Ends the server and keeps what it wrote, as a crash or a restart would. */
  kill(): Promise<void>
  /** Starts it again at the same address, with what it had written. */
  start(): Promise<void>
  close(): Promise<void>
}

/** Why tests with Redis cannot run here, or `undefined`. Under `CI=true` they must run. */
export function redisMissing(): string | undefined {
  if (process.env['CI'] === 'true') return undefined
  const found = spawnSync('redis-server', ['--version']).status === 0
  return found ? undefined : 'needs a Redis server: install the package `redis-server`'
}

/** A Redis server of the test's own, on a free port, that writes everything down before it answers. */
export async function startRedis(): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-redis-'))
  const port = await freePort()
  let server: ChildProcess | undefined
  const start = async () => {
    server = spawn(
      'redis-server',
      [
        '--port',
        String(port),
        '--dir',
        folder,
        '--appendonly',
        'yes',
        '--appendfsync',
        'always',
        '--save',
        '',
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    await saysReady(server)
  }
  const kill = async () => {
    const ended = new Promise((resolve) => server?.once('exit', resolve))
    server?.kill('SIGKILL')
    await ended
  }
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    kill,
    async close() {
      await kill()
      removeFolder(folder)
    },
  }
}

function saysReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`redis-server ended: ${said}`)))
    server.stdout?.on('data', (text: Buffer) => {
      said += text.toString()
      if (said.includes('Ready to accept connections')) resolve()
    })
  })
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
