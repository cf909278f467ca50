import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './redis.ts'
import { until } from './until.ts'
import { removeFolder } from './remove-folder.ts'

/** An image to put into a registry: its platforms as `os/architecture`, and the form of its manifest. */
export interface PushedImage {
  readonly repository: string
  readonly tag: string
  readonly platforms: readonly string[]
  readonly form: 'list' | 'index' | 'single'
  /** Whatever makes it another than one for the same platforms. */
  readonly note?: string
}

export interface TestRegistry {
  /** `127.0.0.1:…`, as it stands in names of images. */
  readonly host: string
  /** Puts an image in and says its digest. */
  push(image: PushedImage): Promise<string>
  close(): Promise<void>
}

/** Why tests with a real registry cannot run here, or `undefined`. Under `CI=true` they must run. */
export function registryMissing(): string | undefined {
  if (process.env['CI'] === 'true') return undefined
  const found = spawnSync('docker-registry', ['--version']).status === 0
  return found ? undefined : 'needs a registry: install the package `docker-registry`'
}

/** A registry of the test's own on loopback, in a folder that goes with it. */
export async function startRegistry(): Promise<TestRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'multiarch-registry-'))
  const host = `127.0.0.1:${await freePort()}`
  const settings = {
    version: '0.1',
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: folder } },
  }
  const file = join(folder, 'config.yml')
  // JSON is YAML.
  await writeFile(file, JSON.stringify({ ...settings, http: { addr: host, secret: 'of no worth' } }))
  const server = spawn('docker-registry', ['serve', file], { stdio: 'ignore' })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  await until(async () => (await fetch(`http://${host}/v2/`).catch(() => undefined))?.ok === true)
  return {
    host,
    push: (image) => push(host, image),
    async close() {
      server.kill()
      await ended
      removeFolder(folder)
    },
  }
}

const TYPES = {
  list: ['vnd.docker.distribution.manifest.list.v2', 'vnd.docker.distribution.manifest.v2'],
  index: ['vnd.oci.image.index.v1', 'vnd.oci.image.manifest.v1'],
  single: ['', 'vnd.docker.distribution.manifest.v2'],
} as const

async function push(host: string, { repository, tag, platforms, form, note }: PushedImage): Promise<string> {
  const [listType, manifestType] = TYPES[form]
  const place = `http://${host}/v2/${repository}`
  const manifests = []
  for (const platform of platforms) {
    const [os = '', architecture = ''] = platform.split('/')
    const config = await pushBlob(
      place,
      JSON.stringify({ os, architecture, author: note, rootfs: { type: 'layers', diff_ids: [] } }),
    )
    const manifest = await pushManifest(place, form === 'single' ? tag : undefined, {
      ...{ schemaVersion: 2, mediaType: `application/${manifestType}+json`, layers: [] },
      config: { mediaType: 'application/vnd.docker.container.image.v1+json', ...config },
    })
    manifests.push({
      mediaType: `application/${manifestType}+json`,
      ...manifest,
      platform: { os, architecture },
    })
  }
  if (form === 'single') return manifests[0]?.digest as string
  const list = { schemaVersion: 2, mediaType: `application/${listType}+json`, manifests }
  return (await pushManifest(place, tag, list)).digest
}

interface Pushed {
  readonly digest: string
  readonly size: number
}

async function pushBlob(place: string, text: string): Promise<Pushed> {
  const { digest, size } = pushedOf(text)
  const begun = await fetch(`${place}/blobs/uploads/`, { method: 'POST' })
  const address = new URL(begun.headers.get('location') as string)
  address.searchParams.set('digest', digest)
  await accepted(
    fetch(address, { method: 'PUT', body: text, headers: { 'content-type': 'application/octet-stream' } }),
  )
  return { digest, size }
}

async function pushManifest(
  place: string,
  tag: string | undefined,
  manifest: { readonly mediaType: string } & Readonly<Record<string, unknown>>,
): Promise<Pushed> {
  const text = JSON.stringify(manifest)
  const pushed = pushedOf(text)
  const headers = { 'content-type': manifest.mediaType }
  await accepted(fetch(`${place}/manifests/${tag ?? pushed.digest}`, { method: 'PUT', body: text, headers }))
  return pushed
}

async function accepted(asked: Promise<Response>): Promise<void> {
  const response = await asked
  if (!response.ok) throw new Error(`the registry answers ${response.status}: ${await response.text()}`)
}

function pushedOf(text: string): Pushed {
  return {
    digest: `sha256:${createHash('sha256').update(text).digest('hex')}`,
    size: Buffer.byteLength(text),
  }
}
