import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import type { Oid } from '../../core/model/oid.ts'
import { GitFailure, startGit, type GitLocation } from './run-git.ts'

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag'

export interface GitObject {
  readonly oid: Oid
  readonly type: ObjectType
  /** Empty in `check` mode, which asks for names only. */
  readonly bytes: Buffer
}

interface Waiting {
  readonly done: (object: GitObject | undefined) => void
  readonly fail: (error: Error) => void
}

/** One long-lived `git cat-file --batch` (or `--batch-check`): questions go in, answers come out in the same order. */
export class CatFile {
  readonly #location: GitLocation
  readonly #mode: 'batch' | 'batch-check'
  #child: ChildProcessWithoutNullStreams | undefined
  #waiting: Waiting[] = []
  /** How many of them are answered: taking each off the front moves all others, which a hundred thousand make hours of. */
  #answered = 0
  #chunks: Buffer[] = []
  #size = 0
  #need = 1
  #asked: string[] = []

  constructor(location: GitLocation, mode: 'batch' | 'batch-check') {
    this.#location = location
    this.#mode = mode
  }

  /** The object a revision names, `undefined` where there is none. Questions asked together travel together. */
  ask(revision: string): Promise<GitObject | undefined> {
    if (/[\n\0]/.test(revision)) return Promise.resolve(undefined)
    return new Promise((done, fail) => {
      this.#waiting.push({ done, fail })
      this.#asked.push(revision)
      if (this.#asked.length === 1) queueMicrotask(() => this.#send())
    })
  }

  close(): void {
    this.#child?.stdin.end()
    this.#child = undefined
  }

  #send(): void {
    const lines = this.#asked.join('\n') + '\n'
    this.#asked = []
    this.#child ??= this.#start()
    this.#child.stdin.write(lines)
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = startGit(this.#location, ['cat-file', `--${this.#mode}`])
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.stdin.on('error', () => {})
    child.stdout.on('data', (chunk: Buffer) => this.#receive(chunk))
    const lost = (error: Error): void => {
      if (this.#child !== child && this.#child) return // its questions have been answered as lost already
      this.#child = undefined
      const waiting = this.#waiting.slice(this.#answered)
      this.#waiting = []
      this.#answered = 0
      this.#chunks = []
      this.#size = 0
      this.#need = 1
      for (const each of waiting) each.fail(error)
    }
    child.on('error', lost)
    child.on('close', (code) => lost(new GitFailure(['cat-file'], code ?? undefined, stderr)))
    return child
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    if (this.#size < this.#need) return
    let data = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks)
    for (;;) {
      const taken = this.#takeOne(data)
      if (taken === 0) break
      data = data.subarray(taken)
    }
    this.#chunks = data.length ? [data] : []
    this.#size = data.length
  }

  #next(): Waiting | undefined {
    const waiting = this.#waiting[this.#answered++]
    if (this.#answered < this.#waiting.length) return waiting
    this.#waiting = []
    this.#answered = 0
    return waiting
  }

  /** Takes one answer off the front; returns the bytes used, 0 when it is not there whole yet. */
  #takeOne(data: Buffer): number {
    this.#need = data.length + 1
    const end = data.indexOf(10)
    if (end < 0) return 0
    const header = data.toString('utf8', 0, end)
    const match = /^([0-9a-f]{40}) (blob|tree|commit|tag) (\d+)$/.exec(header)
    if (!match) {
      this.#next()?.done(undefined) // `missing` or `ambiguous`
      return end + 1
    }
    const oid = match[1] as Oid
    const type = match[2] as ObjectType
    if (this.#mode === 'batch-check') {
      this.#next()?.done({ oid, type, bytes: Buffer.alloc(0) })
      return end + 1
    }
    const from = end + 1
    const to = from + Number(match[3])
    if (data.length < to + 1) {
      this.#need = to + 1
      return 0
    }
    // A copy, so that a small blob does not keep a whole pipe buffer alive.
    this.#next()?.done({ oid, type, bytes: Buffer.from(data.subarray(from, to)) })
    return to + 1
  }
}
