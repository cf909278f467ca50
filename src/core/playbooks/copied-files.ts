import { isInside } from '../model/parent-of.ts'
import type { ReleaseTag } from '../model/release-tag.ts'
import type { Tree } from '../model/tree.ts'
import { similarity } from '../text/similarity.ts'
import { splitLines } from '../text/split-lines.ts'
import type { PlaybookFinding } from './playbook-finding.ts'

/** A file of somebody's own at the path of one of the release's, below a folder of theirs: a Dockerfile or a script lays it over that. */
interface Copy {
  readonly file: string
  /** The file of the release. */
  readonly name: string
}

/** Which of these files stand where the release has one, seen from some folder; their texts say whether they are copies of it. */
export function mayBeCopies(files: Iterable<string>, base: Tree): readonly Copy[] {
  const found: Copy[] = []
  for (const file of files) {
    const name = endsOf(file).find((end) => base.has(end) && isOfPlay(end))
    if (name !== undefined) found.push({ file, name })
  }
  return found
}

/** `a/b/c`, `b/c`, `c`. */
function endsOf(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.map((_, at) => parts.slice(at).join('/'))
}

/** A playbook, or a file of a role. */
function isOfPlay(path: string): boolean {
  return !path.includes('/') || isInside(path, 'roles') || isInside(path, 'playbooks')
}

interface Copied {
  readonly copies: readonly Copy[]
  readonly texts: ReadonlyMap<string, string>
  /** What the files are copies of, by their paths in the release. */
  readonly originals: ReadonlyMap<string, string>
  readonly base: Tree
  readonly target: Tree
  readonly releases: { readonly from: ReleaseTag; readonly to: ReleaseTag }
}

/** Copies of files that the release goes on with: laid over it, they would bring back what it changed, with nothing said. */
export function copiedFiles(copied: Copied): readonly PlaybookFinding[] {
  const { copies, texts, originals, base, target, releases } = copied
  return copies.flatMap(({ file, name }): readonly PlaybookFinding[] => {
    const [text, original] = [texts.get(file), originals.get(name)]
    if (text === undefined || original === undefined || !isCopy(text, original)) return []
    const there = target.get(name)
    if (there?.oid === base.get(name)?.oid) return []
    const what = { isGone: there === undefined, isChanged: text !== original }
    const facts = { code: 'playbook-copy', name, ...releases, ...what } as const
    return [{ file, line: 1, severity: 'warning', facts }]
  })
}

/** Half of it, as a renamed file is known by. */
const COPY = 0.5

function isCopy(text: string, original: string): boolean {
  return similarity(splitLines(text), splitLines(original)) >= COPY
}
