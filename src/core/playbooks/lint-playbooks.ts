import { defined } from '../model/defined.ts'
import { nameOf, parentOf } from '../model/parent-of.ts'
import type { ReleaseTag } from '../model/release-tag.ts'
import type { Tree } from '../model/tree.ts'
import { definedIn, goneVariables } from './gone-variables.ts'
import { groupNames } from './group-names.ts'
import type { PlaybookFinding } from './playbook-finding.ts'
import { referencesIn, type Reference } from './references-in.ts'

interface PlaybooksQuestion {
  /** The files to judge, by their paths where Kubespray's files are seen at the top. */
  readonly texts: ReadonlyMap<string, string>
  /** All that is there beside the release: own roles and files. */
  readonly own: ReadonlySet<string>
  /** The releases' own trees. */
  readonly base: Tree
  readonly target: Tree
  readonly release: ReleaseTag
  /** Groups that the release calls otherwise, and what becomes of each in the inventories of the repository. */
  readonly groups: ReadonlyMap<string, { readonly now: string; readonly inventory: GroupFate }>
  /** Variables that had a default at the base, and that nothing of the target knows. */
  readonly gone: ReadonlySet<string>
  /** Whether the step changes these files: where they do not stand beside Kubespray's, it does not. */
  readonly isEditable: boolean
}

/** `kept`: an inventory goes on with the old name · `renamed`: the step renames it · `unknown`: there is no inventory to look at. */
export type GroupFate = 'kept' | 'renamed' | 'unknown'

/**
 * Names of Kubespray's in playbooks and roles of somebody's own that a step takes away or changes. Only names that the base has and the
 * target lacks are judged: another role is the user's own, or that of a collection.
 */
export function lintPlaybooks(asked: PlaybooksQuestion): readonly PlaybookFinding[] {
  const question: Indexed = { ...asked, ...indexOf(asked) }
  return [...question.texts].flatMap(([file, text]) => [
    ...(/\.ya?ml$/.test(file) && NAMES.test(text) ? inReferences({ file, text }, question) : []),
    ...inGroups({ file, text }, question),
    ...goneVariables({ file, text }, question),
  ])
}

/** A file without any of these words names no role and no file. */
const NAMES = /include|import|roles|dependencies|vars_files/

interface Indexed extends PlaybooksQuestion {
  readonly roles: Readonly<Record<'base' | 'target' | 'own', ReadonlySet<string>>>
  readonly roleNow: (name: string) => string | undefined
  readonly fileNow: (path: string) => string | undefined
  /** Of the variables that are gone, those that an own file gives a value. */
  readonly defined: ReadonlySet<string>
}

function indexOf({
  base,
  target,
  own,
  gone,
  texts,
}: PlaybooksQuestion): Omit<Indexed, keyof PlaybooksQuestion> {
  return {
    roles: { base: rolesOf(base.keys()), target: rolesOf(target.keys()), own: rolesOf(own) },
    roleNow: once((name) => movedTo(name, base, target)),
    fileNow: once((path) => {
      const others = [...target.keys()].filter(
        (each) => nameFor(each) === nameFor(path) && isLike(each, path),
      )
      return others.length === 1 ? others[0] : undefined
    }),
    defined: gone.size === 0 ? new Set() : definedIn(texts.values(), gone),
  }
}

function once<T>(find: (name: string) => T): (name: string) => T {
  const found = new Map<string, T>()
  return (name) => {
    if (!found.has(name)) found.set(name, find(name))
    return found.get(name) as T
  }
}

interface Text {
  readonly file: string
  readonly text: string
}

function inReferences(source: Text, question: Indexed): readonly PlaybookFinding[] {
  const seen = new Map<string, number>()
  const linesOf = once((name) => linesWith(source.text, name))
  return referencesIn(source.text).flatMap((reference): readonly PlaybookFinding[] => {
    const turn = seen.get(reference.name) ?? 0
    seen.set(reference.name, turn + 1)
    const place = (): At => {
      const lines = linesOf(reference.name)
      return { file: source.file, line: lines[turn] ?? lines.at(-1) ?? 1 }
    }
    if (reference.kind === 'role') return roleFinding(reference, place, question)
    return fileFinding(reference, { file: source.file, place }, question)
  })
}

type At = Pick<PlaybookFinding, 'file' | 'line'>

function roleFinding(
  { name: written, isCertain }: Reference,
  place: () => At,
  { roles, roleNow, release }: Indexed,
): readonly PlaybookFinding[] {
  const name = roleNamed(written)
  if (name === undefined || !roles.base.has(name)) return []
  if (roles.target.has(name) || roles.own.has(name)) return []
  const now = roleNow(name)
  return [
    {
      ...place(),
      severity: isCertain ? 'error' : 'warning',
      facts: { code: 'playbook-role', name, release, isConditional: !isCertain, ...defined({ now }) },
    },
  ]
}

/** `kubernetes/master`, `../roles/kubernetes/master`, `kubernetes_sigs.kubespray.kubernetes.master`. */
function roleNamed(written: string): string | undefined {
  const collection = /^kubernetes_sigs\.kubespray\.(.+)$/.exec(written)?.[1]
  if (collection !== undefined) return collection.replaceAll('.', '/')
  const path = written.replace(/^.*\broles\//, '').replace(/\/$/, '')
  return /[{}]/.test(path) || path.startsWith('.') ? undefined : path
}

/** A role is a folder with one of Ansible's own folders in it. */
function rolesOf(paths: Iterable<string>): ReadonlySet<string> {
  const roles = new Set<string>()
  for (const path of paths) {
    if (!path.startsWith('roles/')) continue
    for (const { index } of path.matchAll(PART))
      if (index >= 'roles/a'.length) roles.add(path.slice('roles/'.length, index))
  }
  return roles
}

const PARTS = /^(?:tasks|meta|defaults|vars|handlers|templates|files|library)\//
const PART = /\/(?=(?:tasks|meta|defaults|vars|handlers|templates|files|library)\/)/g

/** The one role, new with the target, that has most of the files that this one had. */
function movedTo(name: string, base: Tree, target: Tree): string | undefined {
  const folder = `roles/${name}/`
  // Every role has a `main.yml`: that it has one as well says nothing.
  const files = [...base.keys()]
    .filter((path) => path.startsWith(folder) && !/\/main\.ya?ml$/.test(path))
    .map((path) => path.slice(folder.length))
  const counts = new Map<string, number>()
  for (const path of target.keys()) {
    if (base.has(path) || !path.startsWith('roles/')) continue
    const file = files.find((each) => path.endsWith(`/${each}`) && PARTS.test(each))
    const role = file === undefined ? undefined : path.slice('roles/'.length, -file.length - 1)
    if (role !== undefined) counts.set(role, (counts.get(role) ?? 0) + 1)
  }
  const best = [...counts].sort(([, a], [, b]) => b - a)[0]
  return best && best[1] * 2 > files.length ? best[0] : undefined
}

function fileFinding(
  { name, kind, isCertain }: Reference,
  { file, place }: { readonly file: string; readonly place: () => At },
  { base, target, own, release, isEditable, fileNow }: Indexed,
): readonly PlaybookFinding[] {
  const path = pathNamed(name, file, base)
  if (path === undefined || target.has(path) || own.has(path)) return []
  const now = fileNow(path)
  const isImported = isCertain && kind !== 'variables'
  const isMade = isEditable && kind === 'playbook' && now !== undefined
  return [
    {
      ...place(),
      severity: severityOf(isMade, isCertain),
      facts: {
        code: 'playbook-file',
        written: name,
        name: path,
        release,
        isImported,
        isMade,
        ...defined({ now }),
      },
    },
  ]
}

function severityOf(isMade: boolean, isCertain: boolean): PlaybookFinding['severity'] {
  if (isMade) return 'notice'
  return isCertain ? 'error' : 'warning'
}

/** Beside the file that names it, at the top, or at the end of a way to a folder that holds Kubespray. */
function pathNamed(written: string, file: string, base: Tree): string | undefined {
  const plain = written.replace(/^\{\{\s*(?:playbook_dir|inventory_dir)\s*\}\}\//, '')
  if (/[{}]/.test(plain)) return undefined
  const beside = resolved(parentOf(file), plain)
  if (beside !== undefined && base.has(beside)) return beside
  const parts = plain.split('/').filter((part) => part !== '.' && part !== '..')
  for (let at = Math.max(0, parts.length - DEEPEST); at < parts.length; at++) {
    const path = parts.slice(at).join('/')
    // A bare name means a file beside this one and no other.
    if (base.has(path) && (at > 0 || plain.startsWith('..'))) return path
  }
  return undefined
}

/** No file of a release lies deeper; whatever is longer leads to one of them all the same. */
const DEEPEST = 50

function resolved(folder: string, path: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.length === 0) return undefined
      parts.pop()
    } else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

/** `upgrade-cluster.yml` and `upgrade_cluster.yml` are one name. */
function nameFor(path: string): string {
  return nameOf(path).replaceAll('-', '_')
}

/** A playbook stays a playbook, a file of a role one of its kind. */
function isLike(path: string, other: string): boolean {
  const isOfRole = (each: string): boolean => each.startsWith('roles/')
  return isOfRole(path) === isOfRole(other) && (!isOfRole(path) || parentOf(path).endsWith(lastFolder(other)))
}

function lastFolder(path: string): string {
  return `/${nameOf(parentOf(path))}`
}

function inGroups(
  { file, text }: Text,
  { groups, release, isEditable }: PlaybooksQuestion,
): readonly PlaybookFinding[] {
  const wanted = new Set([...groups.keys()].filter((name) => text.includes(name)))
  if (wanted.size === 0) return []
  return groupNames(text, wanted).flatMap(({ name, line }): readonly PlaybookFinding[] => {
    const fate = groups.get(name)
    if (!fate || fate.inventory === 'kept') return []
    const { now, inventory } = fate
    const isMade = isEditable && inventory === 'renamed'
    return [
      {
        file,
        line,
        severity: isMade ? 'notice' : 'warning',
        facts: { code: 'playbook-group', name, release, now, inventory, isMade },
      },
    ]
  })
}

/** The lines, counted from 1, that a name stands on; comments do not count. */
function linesWith(text: string, name: string): readonly number[] {
  return text
    .split('\n')
    .flatMap((line, index) => (line.replace(/(?:^|\s)#[^]*$/, '').includes(name) ? [index + 1] : []))
}
