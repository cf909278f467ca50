import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { WrittenBranch } from '../../app/branch/move-step-branch.ts'
import type { Block } from '../../core/explain/blocks/block.ts'
import { deliveryBlocks, type BodyFile } from '../../core/explain/texts/delivery-blocks.ts'
import type { PullRequestText } from '../../core/explain/texts/render-pull-request.ts'
import { forkRemote } from './fork-remote.ts'

/** A branch that was written, with all that its pull request needs. */
export interface Deliverable {
  /** The clone, as it was named. */
  readonly repo: string
  readonly gitDir: string
  readonly upstreamRemotes: readonly string[]
  readonly written: WrittenBranch
  /** The branch that it is for. */
  readonly base: string
  /** Whether that one was started with it. */
  readonly isStarted?: boolean
  readonly text: PullRequestText
  readonly isDraft: boolean
  /** The report that was asked for, if any. */
  readonly report?: string | undefined
}

/** Writes the text of the pull request where no working tree has it, and says how to put the branch up for review. */
export async function deliver(done: Deliverable): Promise<readonly Block[]> {
  const { repo, gitDir, upstreamRemotes, written, base, text, isDraft, report, isStarted = false } = done
  const remote = await forkRemote({ gitDir }, { upstreamRemotes, base })
  const body = report?.endsWith('.md')
    ? { file: resolve(report) }
    : await writeBody(gitDir, written.name, text.body)
  const facts = { repo, base, branch: written.name, title: text.title, body, isDraft, isStarted }
  return deliveryBlocks(written, remote ? { ...facts, remote } : facts)
}

/**
 * In the git directory, where nobody commits it; where that may not be written, among the temporary files. The branch is there already,
 * so that neither ends the command.
 */
async function writeBody(gitDir: string, branch: string, body: string): Promise<BodyFile> {
  const name = `${branch.replaceAll('/', '-')}.md`
  const own = join(gitDir, 'multiarch')
  try {
    await mkdir(own, { recursive: true })
    return { file: await writeWhole(join(own, name), body) }
  } catch {
    try {
      return { file: await writeWhole(join(await mkdtemp(join(tmpdir(), 'multiarch-')), name), body) }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === undefined) throw error
      return { lost: join(tmpdir(), name), errno: code }
    }
  }
}

/** All of it or nothing: a text that breaks off looks like one that is whole. */
async function writeWhole(file: string, text: string): Promise<string> {
  try {
    await writeFile(file, text)
    return file
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
}
