import { chooseBranch } from '../../../app/repository/choose-branch.ts'
import { readConfigText } from '../../../app/repository/read-config-at.ts'
import { findBranch, knownReleases, readRepository } from '../../../app/repository/read-repository.ts'
import { CONFIG_PATH } from '../../../core/config/config-path.ts'
import { configEntries } from '../../../core/config/config-entries.ts'
import { readConfig } from '../../../core/config/read-config.ts'
import { settingsBlocks } from '../../../core/explain/texts/settings-blocks.ts'
import type { Oid } from '../../../core/model/oid.ts'
import { Refusal } from '../../../core/model/problem.ts'
import type { ObjectStore } from '../../../ports/object-store.ts'
import { SCHEMA } from '../../print/plan-json.ts'
import { sayBlocks, sayJson } from '../../print/say.ts'
import { EXIT } from '../exit.ts'
import { withClone } from '../open-clone.ts'

interface ShowOptions {
  readonly branch?: string
  readonly json?: true
}

/** Shows the settings that a command would work with, and where each is said. */
export async function showConfig(repo: string, { branch, json }: ShowOptions): Promise<number> {
  const found = await withClone(
    { path: repo, for: 'reading', wants: 'objects' },
    async ({ store, upstreamRemotes }) => {
      const at = await branchWithSettings(store, { upstreamRemotes, wanted: branch })
      const releases = [...(await knownReleases(store)).keys()]
      return { ...at, releases }
    },
  )
  const reading = readConfig(found.text ?? '', CONFIG_PATH, { releases: found.releases })
  if (reading.kind === 'problems') throw new Refusal(reading.problems)
  const entries = configEntries(found.text)
  if (json)
    sayJson({
      schema: SCHEMA,
      branch: found.name,
      settings: entries.map(({ key, value, at }) => ({
        key,
        value: value ?? null,
        source: at ? `${at.file}:${at.line}` : 'default',
      })),
    })
  else sayBlocks(settingsBlocks(found.name, entries))
  return EXIT.done
}

interface Found {
  readonly name: string
  readonly text: string | undefined
}

/** As every command looks for them: on the default branch, else on the one that holds the fork's own commits. */
async function branchWithSettings(
  store: ObjectStore,
  {
    upstreamRemotes,
    wanted,
  }: { readonly upstreamRemotes: readonly string[]; readonly wanted: string | undefined },
): Promise<Found> {
  const textAt = async (name: string, head: Oid): Promise<Found> => ({
    name,
    text: await readConfigText(store, head),
  })
  if (wanted !== undefined) {
    const repository = await readRepository(store, upstreamRemotes)
    return textAt(wanted, findBranch(repository, wanted))
  }
  const head = await store.resolve('HEAD')
  const name = (await store.defaultBranch())?.replace(/^refs\/heads\//, '') ?? 'HEAD'
  const main = head ? await textAt(name, head.oid) : { name, text: undefined }
  if (main.text !== undefined) return main
  try {
    const chosen = await chooseBranch(store, await readRepository(store, upstreamRemotes), undefined)
    return await textAt(chosen.name, chosen.head)
  } catch (error) {
    // Where no fork is found, the defaults hold on the branch that is there.
    if (error instanceof Refusal) return main
    throw error
  }
}
