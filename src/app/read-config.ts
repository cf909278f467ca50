import { CONFIG_PATH, readConfig, type ConfigReading } from '../core/config/read.ts'
import type { ConfigFacts } from '../core/config/rules.ts'
import type { Oid } from '../core/model/oid.ts'
import type { ObjectStore } from '../ports/objects.ts'

/** The config at a commit; `undefined` where there is no file. */
export async function readConfigAt(
  store: ObjectStore,
  commit: Oid,
  facts: ConfigFacts = {},
): Promise<ConfigReading | undefined> {
  const text = await readConfigText(store, commit)
  return text === undefined ? undefined : readConfig(text, CONFIG_PATH, facts)
}

export async function readConfigText(store: ObjectStore, commit: Oid): Promise<string | undefined> {
  const entry = (await store.readTree(commit)).get(CONFIG_PATH)
  // A symbolic link or a submodule is no file; what a link points to is never followed.
  if (entry?.mode !== '100644' && entry?.mode !== '100755') return undefined
  const bytes = (await store.readBlobs([entry.oid])).get(entry.oid)
  return bytes && new TextDecoder().decode(bytes)
}
