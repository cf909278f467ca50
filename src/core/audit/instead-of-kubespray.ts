import { findInventories } from '../inventory/find-inventories.ts'
import type { Oid } from '../model/oid.ts'
import type { Tree } from '../model/tree.ts'

/** What a tree has where Kubespray is not in it, as far as its paths and a few small files tell. */
export type Instead =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'submodule'; readonly path: string; readonly commit: Oid; readonly isNamed: boolean }
  /** A line that names Kubespray's image, its collection, or its repository. */
  | {
      readonly kind: 'image' | 'collection' | 'repository'
      readonly file: string
      readonly line: number
      readonly name: string
    }
  | { readonly kind: 'inventory'; readonly path: string }

/**
 * Whether a tree holds Kubespray: two of the places that every release has. One alone may be anybody's (`roles/download`), and a fork
 * that left out a few roles is still one.
 */
export function holdsKubespray(tree: Tree, below = ''): boolean {
  const found = new Set<string>()
  for (const path of tree.keys()) {
    if (!path.startsWith(below)) continue
    const mark = MARKS.exec(path.slice(below.length))?.[0]
    if (mark !== undefined) found.add(mark.replaceAll('-', '_').replace('playbooks/', ''))
    if (found.size > 1 && [...found].some((each) => each.startsWith('roles/'))) return true
  }
  return false
}

const MARKS =
  /^(?:roles\/kubespray[-_]defaults\/|roles\/download\/|roles\/kubernetes\/|(?:playbooks\/)?cluster\.yml$)/

/** The files that may name where Kubespray is, to be read before `insteadOfKubespray`. */
export function filesThatMayTell(tree: Tree): readonly string[] {
  const files = [...tree].filter(
    ([path, { mode }]) => mode !== '160000' && mode !== '120000' && MAY_TELL.test(path),
  )
  return files
    .map(([path]) => path)
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))
    .slice(0, MOST_FILES)
}

/** A repository of somebody's whole house may have thousands of them. */
const MOST_FILES = 200

const MAY_TELL =
  /(?:^|\/)(?:\.gitmodules|[Mm]akefile|GNUmakefile|[Jj]ustfile|Taskfile\.ya?ml|Vagrantfile|Jenkinsfile|\.env|\.gitlab-ci\.ya?ml|(?:Docker|Container)file[^/]*|(?:docker-)?compose[^/]*\.ya?ml|requirements[^/]*\.(?:ya?ml|txt)|galaxy\.ya?ml|README(?:\.\w+)?)$|^\.github\/workflows\/[^/]+\.ya?ml$|\.(?:sh|bash|mk|tf)$/

/** What was found instead, the surest first. */
export function insteadOfKubespray(tree: Tree, texts: ReadonlyMap<string, string>): readonly Instead[] {
  return [
    ...folders(tree),
    ...submodules(tree, texts),
    ...mentions(texts),
    ...findInventories(tree)
      .filter(({ variableFiles, hostFiles }) => variableFiles.length + hostFiles.length > 0)
      .map(({ path }) => ({ kind: 'inventory' as const, path })),
  ]
}

/** A copy, or a subtree, below some folder. */
function folders(tree: Tree): readonly Instead[] {
  const tops = new Set<string>()
  for (const path of tree.keys()) {
    const top = /^(.+\/)roles\/kubespray[-_]defaults\//.exec(path)?.[1]
    if (top !== undefined) tops.add(top)
  }
  return [...tops]
    .filter((top) => holdsKubespray(tree, top))
    .map((top) => ({ kind: 'folder', path: top.slice(0, -1) }))
}

/** One that `.gitmodules` or its own path calls so; another one may be anything. */
function submodules(tree: Tree, texts: ReadonlyMap<string, string>): readonly Instead[] {
  const named = new Set<string>()
  let section: { path?: string; isNamed?: true } = {}
  for (const line of (texts.get('.gitmodules') ?? '').split('\n')) {
    const [key = '', ...value] = line.split('=').map((each) => each.trim())
    if (key.startsWith('[')) section = {}
    else if (key === 'path') section.path = value.join('=')
    else if (key.toLowerCase() === 'url' && /kubespray/i.test(value.join('='))) section.isNamed = true
    if (section.isNamed && section.path !== undefined) named.add(section.path)
  }
  return [...tree]
    .filter(([path, { mode }]) => mode === '160000' && (named.has(path) || /kubespray/i.test(path)))
    .map(([path, { oid }]) => ({ kind: 'submodule', path, commit: oid, isNamed: named.has(path) }))
}

const MENTIONS: readonly (readonly [
  Exclude<Instead['kind'], 'folder' | 'submodule' | 'inventory'>,
  RegExp,
])[] = [
  ['image', /(?<![\w.:/-])[\w.:/-]*kubespray\/kubespray(?::[\w.{}$()-]+|@sha256:[0-9a-f]{8,})?/],
  ['collection', /kubernetes_sigs\.kubespray/],
  ['repository', /(?:github\.com[/:]|raw\.githubusercontent\.com\/)[\w.-]+\/kubespray(?:\.git)?\b/],
]

/** The first line of each kind; code comes before what is only told in a README. */
function mentions(texts: ReadonlyMap<string, string>): readonly Instead[] {
  const files = [...texts.keys()]
    .filter((path) => path !== '.gitmodules')
    .sort((a, b) => Number(/README/.test(a)) - Number(/README/.test(b)))
  return MENTIONS.flatMap(([kind, pattern]): readonly Instead[] => {
    for (const file of files) {
      for (const [index, line] of (texts.get(file) ?? '').split('\n').entries()) {
        if (line.length > LONGEST_LINE) continue
        const name = pattern.exec(line)?.[0]
        if (name !== undefined)
          return [{ kind: isInRequirements(file, kind) ? 'collection' : kind, file, line: index + 1, name }]
      }
    }
    return []
  })
}

/** No person wrote a longer one, and patterns are not to be tried on what may be a whole file in one line. */
const LONGEST_LINE = 2000

function isInRequirements(file: string, kind: string): boolean {
  return kind === 'repository' && /(?:^|\/)requirements[^/]*\.ya?ml$/.test(file)
}
