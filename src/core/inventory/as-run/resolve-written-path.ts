import { nameOf, parentOf } from '../../model/parent-of.ts'
import { ANY } from '../calls/follow-reference.ts'

/** What a path on a command line may mean in the repository. */
export type WrittenPath =
  | { readonly kind: 'found'; readonly paths: readonly string[] }
  /** `any` is put together when the command runs, `none` no file or folder of the repository; `name` is the last part, where that is written. */
  | { readonly kind: 'any' | 'none'; readonly name?: string }

/**
 * Finds what a path stands for that a command of some file names. From where it is run nobody tells, so the repository's root and the file's own
 * folder are tried first, then whatever ends alike: in a container, or from a folder beside, a path begins otherwise.
 */
export function resolveWrittenPath(written: string, from: WrittenIn): WrittenPath {
  const meant = meantBy(written, from)
  const name = nameOf(written.trim())
  return meant.kind === 'found' || name.replace(ANY, '') !== name ? meant : { ...meant, name }
}

interface WrittenIn {
  readonly file: string
  readonly text: string
  readonly known: readonly string[]
}

function meantBy(written: string, { file, text, known }: WrittenIn): WrittenPath {
  const mapped = withMounts(written.trim(), text)
  const isAway = /^(?:\/|~|\.\.\/|[$]|\{\{)/.test(mapped)
  const path = withoutStart(mapped)
  if (path === '') return { kind: 'any' }
  if (path.replace(ANY, '') !== path) return byPattern(path, known, isAway)
  const own = parentOf(file)
  for (const each of [path, own === '' ? path : `${own}/${path}`])
    if (known.includes(each)) return { kind: 'found', paths: [each] }
  const parts = path.split('/')
  // A last part alone is too little to go by, unless what stood before it is nowhere in the repository.
  const fewest = isAway || parts.length === 1 ? 1 : 2
  for (let from = 0; parts.length - from >= fewest; from++) {
    const tail = parts.slice(from).join('/')
    const ending = known.filter((each) => each === tail || each.endsWith(`/${tail}`))
    if (ending.length === 1) return { kind: 'found', paths: ending }
    if (ending.length > 1) return { kind: 'none' }
  }
  return { kind: 'none' }
}

/**
 * A piece that is only known when the command runs stands for any one part of a path; the first may say where the repository is. Of one
 * that begins elsewhere (`isAway`) whatever ends alike is looked for, as of those that are written out.
 */
function byPattern(path: string, known: readonly string[], isAway: boolean): WrittenPath {
  let rest = path.replace(/^[^/]*\//, (first) => (first.replace(ANY, '') === '/' ? '' : first))
  while (rest.replaceAll(ANY, '').replaceAll(/\.\w+$|[/.]/g, '') !== '') {
    const pieces = rest.split(ANY).map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    const pattern = new RegExp(`^(?:.*/)?${pieces.join('[^/]+')}$`)
    const paths = known.filter((each) => pattern.test(each))
    if (paths.length > 0) return { kind: 'found', paths }
    const next = rest.indexOf('/') + 1
    if (next === 0 || !isAway) break
    rest = rest.slice(next)
  }
  return { kind: 'any' }
}

/** Ways to say the folder that a command is run in, or the one the repository is in. */
function withoutStart(path: string): string {
  let rest = path
  for (let before = ''; before !== rest;) {
    before = rest
    rest = rest.replace(
      /^(?:\.{1,2}\/|\$[({]?(?:PWD|pwd|CURDIR|ROOT_DIR|REPO_ROOT|GITHUB_WORKSPACE|CI_PROJECT_DIR|WORKSPACE)[)}]?\/|\$\{\{\s*github\.workspace\s*\}\}\/|\{\{\s*(?:justfile_directory\(\)|\.ROOT_DIR|\.USER_WORKING_DIR)\s*\}\}\/|~\/|\/)/,
      '',
    )
  }
  const parts = rest.split('/').filter((part) => part !== '' && part !== '.')
  return parts.join('/')
}

/** Where a container has a folder of the repository. */
function withMounts(path: string, text: string): string {
  if (!path.startsWith('/')) return path
  for (const pattern of MOUNTS) {
    for (const match of text.matchAll(pattern)) {
      const [, from = '', to = ''] = match
      if (to !== '/' && (path === to || path.startsWith(`${to}/`)))
        return from.replace(/\/$/, '') + path.slice(to.length)
    }
  }
  return path
}

const MOUNTS = [
  /(?:-v|--volume)[ =]["']?([^\s"':]+):(\/[^\s"':]*)/g,
  /(?:source|src)=["']?([^\s"',]+)["']?,\s*(?:target|dst|destination)=["']?(\/[^\s"',]*)/g,
  /(?<=-[ ]{1,4}["']?)(\.[^\s"':]*):(\/[^\s"':]*)/g,
]
