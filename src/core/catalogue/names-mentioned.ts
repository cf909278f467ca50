import type { Oid } from '../model/oid.ts'
import type { Tree } from '../model/tree.ts'

/** The blobs of everything that a play reads: tasks, templates, variables and playbooks. */
export function blobsThatMention(tree: Tree): readonly Oid[] {
  const paths = [...tree.keys()].filter((path) =>
    /^(?:roles|playbooks|inventory\/sample|extra_playbooks)\/|^[^/]+\.ya?ml$/.test(path),
  )
  return [...new Set(paths.map((path) => tree.get(path)?.oid).filter((oid) => oid !== undefined))]
}

/** The same without the sample inventory, which shows a variable whether or not anything reads it. */
export function blobsThatRead(tree: Tree): readonly Oid[] {
  return blobsThatMention(new Map([...tree].filter(([path]) => !path.startsWith('inventory/'))))
}

/** Which of some names occur as whole words in some files. */
export function namesMentioned(names: Iterable<string>, blobs: Iterable<Uint8Array>): ReadonlySet<string> {
  const wanted = new Set(names)
  const found = new Set<string>()
  for (const bytes of blobs) {
    if (found.size === wanted.size) break
    for (const [word] of new TextDecoder().decode(bytes).matchAll(/[A-Za-z_]\w*/g))
      if (wanted.has(word)) found.add(word)
  }
  return found
}
