import { addTo } from '../../model/collections/grouped.ts'
import { isInside, isInstalled, nameOf, parentOf } from '../../model/parent-of.ts'
import { sameEntry, type Entry, type Tree } from '../../model/tree.ts'
import { isWorkflow, mayHoldCalls, onlyTells } from '../calls/may-hold-calls.ts'
import { chartFolders, isInChart, isUpstreamFolder, kubesprayFolders } from '../find-inventories.ts'
import { compare, variableFiles } from '../variable-files.ts'

/** Where inventories may be, by paths alone; what stands in the files decides. */
export interface Candidates {
  /** Folders, sorted, with the files in each that may name hosts. */
  readonly folders: ReadonlyMap<string, readonly string[]>
  /** Files from which somebody may run playbooks, sorted. */
  readonly callers: readonly string[]
  /** All whose text has to be read to decide. */
  readonly files: readonly string[]
}

/** Looks for inventories, and for what runs them, in the files that are the repository's own. */
export function candidatesIn(tree: Tree, base?: Tree): Candidates {
  const places = kubesprayFolders(tree)
  const isUpstreams = (path: string): boolean =>
    isUpstreamFolder(parentOf(path), places) ||
    (base !== undefined && places.includes('') && sameEntry(tree.get(path), base.get(path)))
  const withVariables = new Set<string>()
  for (const path of tree.keys()) {
    const folder = /^(?:(.*?)\/)?(?:group_vars|host_vars)\/./.exec(path)
    if (folder) withVariables.add(folder[1] ?? '')
  }
  const folders = new Map<string, string[]>()
  const callers: string[] = []
  const charts = chartFolders(tree)
  for (const folder of withVariables) if (!isOthers(folder, places)) folders.set(folder, [])
  for (const [path, entry] of tree) {
    if (
      mayHoldCalls(path, entry) &&
      !isInstalled(path) &&
      (isAdded(path, base) || (!isCallersPlace(path, places) && !isUpstreams(path)))
    )
      callers.push(path)
    const folder = parentOf(path)
    if (!mayHoldHosts(path, entry, withVariables)) continue
    if (isOthers(folder, places) || isInChart(folder, charts)) continue
    addTo(folders, folder, path)
  }
  const sorted = [...folders]
    .sort(([a], [b]) => compare(a, b))
    .map(([folder, own]) => [folder, own.sort()] as const)
  const some = callers.sort(byDepth).slice(0, MOST_CALLERS)
  const texts = sorted.flatMap(([folder, own]) => [
    ...own.filter((path) => tree.get(path)?.mode !== '120000'),
    ...variableFiles(tree, folder).variableFiles.map((file) => file.path),
  ])
  return { folders: new Map(sorted), callers: some, files: [...new Set([...texts, ...some])] }
}

/** A repository of somebody's whole house may have thousands of them. */
const MOST_CALLERS = 300

function byDepth(a: string, b: string): number {
  return a.split('/').length - b.split('/').length || compare(a, b)
}

/**
 * Whether the release has no such file, so that somebody's own script counts in a folder that upstream has as well (`scripts/`). Its
 * tests and tools come and go between two releases.
 */
function isAdded(path: string, base: Tree | undefined): boolean {
  return base !== undefined && !base.has(path) && !UPSTREAM_TESTS.test(path)
}

const UPSTREAM_TESTS = /^(?:contrib|test-infra|tests|\.gitlab-ci)\//

/** What upstream's own tools and tests run is nobody's choice; neither is what its page tells everybody to type. */
function isCallersPlace(path: string, places: readonly string[]): boolean {
  return places.some((place) => {
    if (!path.startsWith(place)) return false
    const rest = path.slice(place.length)
    // At the root a person's own files stand beside upstream's.
    return place === '' ? onlyTells(rest) || UPSTREAM_CALLERS.test(rest) : !isInside(rest, 'inventory')
  })
}

const UPSTREAM_CALLERS =
  /^(?:contrib|docs|extra_playbooks|playbooks|roles|test-infra|tests|\.gitlab-ci)\/|^(?:Dockerfile|Vagrantfile|pipeline\.Dockerfile|\.gitlab-ci\.yml)$/

/** Upstream's folders, examples of roles, and what tools put there. The sample is looked at, since somebody may run it. */
function isOthers(folder: string, places: readonly string[]): boolean {
  if (isInstalled(`${folder}/`)) return true
  if (/(?:^|\/)(?:roles|molecule|vendor|collections|ansible_collections|\.[^/]+)(?:\/|$)/.test(folder))
    return true
  if (/(?:^|\/)(?:group_vars|host_vars)(?:\/|$)/.test(folder)) return true
  return places.some((place) => folder !== `${place}inventory/sample` && isUpstreamFolder(folder, [place]))
}

function mayHoldHosts(path: string, entry: Entry, withVariables: ReadonlySet<string>): boolean {
  if (isWorkflow(path)) return false
  const folder = parentOf(path)
  const isNear =
    folder !== '' &&
    (withVariables.has(folder) || /(?:^|\/)[^/]*(?:inventor|hosts)[^/]*(?:\/|$)/i.test(folder))
  return isHostsName(nameOf(path), entry, isNear)
}

/** The files right in a folder that Ansible may find hosts in, where somebody hands it the folder. */
export function hostFilesIn(tree: Tree, folder: string): readonly string[] {
  const files = [...tree].filter(
    ([path, entry]) => parentOf(path) === folder && isHostsName(nameOf(path), entry, true),
  )
  return files.map(([path]) => path).sort()
}

/** `isNear`: whether it stands where inventories are. */
function isHostsName(name: string, { mode }: Entry, isNear: boolean): boolean {
  if (mode === '160000' || name.startsWith('.') || NO_HOSTS.test(name)) return false
  const speaks = /host|inventor/i.test(name)
  if (mode === '120000') return speaks && !name.includes('.')
  if (/\.ini$/i.test(name)) return true
  if (/\.(?:ya?ml|json)$/i.test(name)) return speaks || (isNear && !/\.json$/i.test(name))
  if (!name.includes('.')) return /^(?:hosts|inventory)$/i.test(name) || (isNear && !NO_NAMES.test(name))
  if (mode === '100755') return isNear && /\.(?:py|sh|rb|pl)$/.test(name)
  return isNear && /^(?:hosts|inventory)\.[\w-]+$/.test(name)
}

/** What Ansible leaves out of a folder, and what is no finished file. */
const NO_HOSTS =
  /(?:~|\.(?:py[co]|sw[op]|bak|orig|rej|rpm|md|txt|rst|cfg|conf|retry|j2|jinja2?|tmpl|tpl|sample|example|dist|disabled|tf|tfvars|tfstate|pem|pub|key|crt|lock))$/i

const NO_NAMES =
  /^(?:Makefile|Dockerfile|Containerfile|Vagrantfile|Jenkinsfile|Justfile|LICENSE|README|OWNERS|CODEOWNERS)$/i
