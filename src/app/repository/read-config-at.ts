import { CONFIG_PATH } from '../../core/config/config-path.ts'
import { defaultConfig, readConfig, type ConfigReading } from '../../core/config/read-config.ts'
import type { RepositoryConfig } from '../../core/config/resolve-config.ts'
import type { ConfigFacts } from '../../core/config/check-config.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import { hasFolder, type Tree } from '../../core/model/tree.ts'
import type { ObjectReader } from '../../ports/object-store.ts'

/** The config at a commit; `undefined` where there is no file. */
export async function readConfigAt(
  store: ObjectReader,
  commit: Oid,
  facts: ConfigFacts = {},
): Promise<ConfigReading | undefined> {
  const text = await readConfigText(store, commit)
  if (text === undefined) return undefined
  return readConfig(text, CONFIG_PATH, { ...facts, isThere: isThereIn(await store.readTree(commit)) })
}

/** Whether a tree has a file, a submodule or a folder. */
export function isThereIn(tree: Tree): (path: string) => boolean {
  return (path) => tree.has(path) || hasFolder(tree, path)
}

/** The config at a commit, or the defaults where there is no file. One with problems is refused, each at its line. */
export async function configAt(
  store: ObjectReader,
  commit: Oid,
  facts: ConfigFacts = {},
): Promise<RepositoryConfig> {
  const reading = await readConfigAt(store, commit, facts)
  if (reading?.kind === 'problems') throw new Refusal(reading.problems)
  return reading?.config ?? defaultConfig()
}

export async function readConfigText(store: ObjectReader, commit: Oid): Promise<string | undefined> {
  const entry = (await store.readTree(commit)).get(CONFIG_PATH)
  // A symbolic link or a submodule is no file; what a link points to is never followed.
  if (entry?.mode !== '100644' && entry?.mode !== '100755') return undefined
  const bytes = (await store.readBlobs([entry.oid])).get(entry.oid)
  return bytes && new TextDecoder().decode(bytes)
}
