import { isOid, type Oid } from '../../../core/model/oid.ts'
import type { Cache } from '../../../ports/cache.ts'

/** Finds a list of ids once and keeps it under a name: what lies between commits never changes. */
export async function keepOids(
  cache: Cache,
  key: string,
  find: () => Promise<readonly Oid[] | undefined>,
): Promise<readonly Oid[] | undefined> {
  const kept = (await cache.read([key])).get(key)
  if (kept) return decode(kept)
  const found = await find()
  await cache.write(new Map([[key, Buffer.from(found ? found.join('\n') : NONE)]]))
  return found
}

/** Says that there is no such list, which is not the same as an empty one. */
const NONE = '-'

function decode(bytes: Uint8Array): Oid[] | undefined {
  const text = Buffer.from(bytes).toString()
  return text === NONE ? undefined : text.split('\n').filter(isOid)
}
