import { GitObjectStore } from '../../../src/adapters/git/git-object-store.ts'
import { describeObjectStore } from '../../contract/object-store.ts'
import { temporaryRepository } from '../../support/temporary-repository.ts'

describeObjectStore('a clone', async () => {
  const repository = temporaryRepository()
  return {
    store: new GitObjectStore({ gitDir: repository.gitDir }),
    annotate: async (name, to) => void repository.git('tag', '-a', '-m', name, name, to),
    dispose: async () => repository.remove(),
  }
})
