import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { WrittenBranch } from '../../app/branch/move-step-branch.ts'
import type { Block } from '../../core/explain/blocks/block.ts'
import { deliveryBlocks } from '../../core/explain/texts/delivery-blocks.ts'
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
  const file = report?.endsWith('.md') ? resolve(report) : await writeBody(gitDir, written.name, text.body)
  const facts = { repo, base, branch: written.name, title: text.title, file, isDraft, isStarted }
  return deliveryBlocks(written, remote ? { ...facts, remote } : facts)
}

/** In the git directory, where nobody commits it; where that may not be written, among the temporary files. */
async function writeBody(gitDir: string, branch: string, body: string): Promise<string> {
  const name = `${branch.replaceAll('/', '-')}.md`
  const write = async (folder: string): Promise<string> => {
    const file = join(folder, name)
    await writeFile(file, body)
    return file
  }
  try {
    const folder = join(gitDir, 'multiarch')
    await mkdir(folder, { recursive: true })
    return await write(folder)
  } catch {
    return write(await mkdtemp(join(tmpdir(), 'multiarch-')))
  }
}
