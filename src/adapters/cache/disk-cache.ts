import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ValueCache } from '../../ports/value-cache.ts'

/** A cache in a folder, one file for each entry; several processes may share it. */
export class DiskCache implements ValueCache {
  readonly #folder: string
  #written = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  async get(key: string): Promise<unknown> {
    const path = this.#pathOf(key)
    try {
      return JSON.parse(await readFile(path, 'utf8')) as unknown
    } catch {
      // Not there, not readable or cut off: whoever asks computes it again.
      return undefined
    }
  }

  /** A full or read-only disk is no reason to fail: the entry is simply not kept. */
  async put(key: string, value: unknown): Promise<void> {
    const path = this.#pathOf(key)
    const draft = `${path}.${process.pid}.${this.#written++}`
    try {
      await mkdir(this.#folder, { recursive: true })
      await writeFile(draft, JSON.stringify(value))
      await rename(draft, path)
    } catch {
      await rm(draft, { force: true }).catch(() => undefined)
    }
  }

  #pathOf(key: string): string {
    if (!/^[\w.-]+$/.test(key) || key.startsWith('.')) throw new Error(`no cache key: ${key}`)
    return join(this.#folder, `${key}.json`)
  }
}
