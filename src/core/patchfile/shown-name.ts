import { quotedPath } from './quoted-path.ts'

/** A file's name in the table of a patch; of one that moves, what both names share stands once (`pprint_rename` in diff.c). */
export function shownName(
  { from, to }: { readonly from?: string; readonly to: string },
  keepsLetters: boolean,
): string {
  if (from === undefined) return quotedPath(to, keepsLetters)
  const [old, now] = [quotedPath(from, keepsLetters), quotedPath(to, keepsLetters)]
  if (old !== from || now !== to) return `${old} => ${now}`
  const prefix = sharedStart(from, to)
  const suffix = sharedEnd(from, to, prefix)
  const middle = (path: string): string => path.slice(prefix, Math.max(prefix, path.length - suffix))
  const moved = `${middle(from)} => ${middle(to)}`
  if (prefix + suffix === 0) return moved
  return `${from.slice(0, prefix)}{${moved}}${from.slice(from.length - suffix)}`
}

/** Up to the last slash that both begin with. */
function sharedStart(a: string, b: string): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  return a.lastIndexOf('/', at - 1) + 1
}

/** From the first slash on that both end with; it may be the one that ends what both begin with. */
function sharedEnd(a: string, b: string, prefix: number): number {
  const least = prefix > 0 ? prefix - 1 : 0
  let [length, shared] = [1, 0]
  while (length <= Math.min(a.length, b.length) - least && a.at(-length) === b.at(-length)) {
    if (a.at(-length) === '/') shared = length
    length++
  }
  return shared
}
