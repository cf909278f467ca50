import type { Entry } from './tree.ts'

export function isFile(entry: Entry | undefined): boolean {
  return entry?.mode === '100644' || entry?.mode === '100755'
}

/** The ids of these entries that are blobs. */
export function blobsOf(...entries: readonly (Entry | undefined)[]): Entry['oid'][] {
  return entries.flatMap((entry) => (entry && entry.mode !== '160000' ? [entry.oid] : []))
}
