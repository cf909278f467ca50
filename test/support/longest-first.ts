import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Where the longest tests are, the longest first, for a machine that ran none of them yet. */
const LONGEST = [
  ...['test/stories/', 'test/entry/action/', 'test/entry/', 'test/adapters/github/', 'test/app/step/'],
  ...['test/app/', 'test/properties/', 'test/core/explain/', 'test/adapters/', 'test/core/'],
]

/**
 * The order of test files: the longest first, so that all cores end together. Vitest does so itself by the run before; where there was
 * none it takes the size of a file for its length, and short stories are the longest tests.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const wasRun = files.some((file) => this.ctx.cache.getFileTestResults(this.#keyOf(file)) !== undefined)
    if (wasRun) return sorted
    return sorted.sort((a, b) => this.#rankOf(a) - this.#rankOf(b))
  }

  #keyOf({ project, moduleId }: TestSpecification): string {
    return `${project.name}:${relative(this.ctx.config.root, moduleId)}`
  }

  #rankOf(file: TestSpecification): number {
    if (file.project.config.isolate) return -1
    const path = relative(this.ctx.config.root, file.moduleId)
    const rank = LONGEST.findIndex((folder) => path.startsWith(folder))
    return rank < 0 ? LONGEST.length : rank
  }
}
