import { isFile } from '../model/is-file.ts'
import { isInside, nameOf } from '../model/parent-of.ts'
import type { Tree } from '../model/tree.ts'
import { copiesOfKubespray, holdsKubespray } from './holds-kubespray.ts'
import { isList } from './text-source.ts'

/** What names a version is short; nobody waits for the rest of a larger file. */
export const LARGEST_THAT_TELLS = 200_000

/** A repository of somebody's whole house may have thousands of them. */
const MOST_FILES = 200

/**
 * The files that may say where Kubespray comes from, to be read before `findPlaces`. Names only choose what is read, never what it
 * means. The likeliest come first, since there may be more than is worth reading.
 */
export function filesThatMayTell(tree: Tree): readonly string[] {
  return allThatMayTell(tree).slice(0, MOST_FILES)
}

/** The same, with those that come too late to be read. */
export function allThatMayTell(tree: Tree): readonly string[] {
  const copies = copiesOfKubespray(tree)
  const isRoot = holdsKubespray(tree)
  const ranked: (readonly [path: string, rank: number])[] = []
  for (const [path, entry] of tree) {
    if (!isFile(entry)) continue
    if (!mayTell(path, copies, isRoot)) continue
    const rank = rankOf(path, entry.mode === '100755')
    if (rank !== undefined) ranked.push([path, rank])
  }
  return ranked
    .sort(([a, x], [b, y]) => x - y || depthOf(a) - depthOf(b) || (a < b ? -1 : 1))
    .map(([path]) => path)
}

/**
 * Whether what a file says is its owner's word on what is run: not what was copied in from others, not what only tells of the past, and
 * nothing that may hold secrets without need (`.tfstate` keeps private keys).
 */
export function mayTell(path: string, copies: readonly string[], isRoot: boolean): boolean {
  if (path === '.gitmodules') return true
  if (copies.some((copy) => isInside(path, copy))) return false
  if (isRoot && UPSTREAMS_AT_THE_TOP.test(path)) return false
  return !NEVER.test(path)
}

const NEVER =
  /^(?:test|spec)\/|(?:^|\/)(?:vendor|node_modules|third_party|\.terraform|\.git|\.venv|venv|site-packages|tests|__tests__|testdata|fixtures|molecule)\/|\.tfstate\b|(?:^|\/)(?:CHANGE(?:LOG|S)|HISTORY|NEWS|RELEASES?)(?:[.-][^/]*)?$|(?:^|\/)[^/]*(?:sbom|\.spdx|\.cdx|cyclonedx)[^/]*$|[._-]lock(?:\.[^/.]+)?$|(?:^|\/)(?:go\.sum|package-lock\.json|pnpm-lock\.yaml|[^/]*(?:_test|\.test|\.spec)\.\w+|test_[^/]*\.py)$/i

/** What releases have at the top, over the years; where Kubespray is the repository these files are its own. */
const UPSTREAMS_AT_THE_TOP =
  /^(?:\.github|\.gitlab-ci|contrib|docs|extra_playbooks|library|meta|playbooks|plugins|roles|scripts|test-infra|tests)\/|^(?:Dockerfile|pipeline\.Dockerfile|Makefile|Vagrantfile|README\.md|RELEASE\.md|galaxy\.yml|setup\.(?:py|cfg)|\.gitlab-ci\.yml|\.pre-commit-config\.yaml|requirements[^/]*\.txt|(?:cluster|reset|scale|facts|mitogen|legacy_groups|ansible_version|(?:upgrade|recover|remove)[-_][^/]*)\.ya?ml)$/

/** 0: written to name versions. 1: runs things. 2: source code and Terraform. 3: other YAML, which may hold variables. */
function rankOf(path: string, isExecutable: boolean): number | undefined {
  const name = nameOf(path)
  if (NAMES_VERSIONS.test(name) || isList(name) || /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)) return 0
  if (/\.(?:sh|bash|zsh|mk|env|rc|ps1)$/.test(name) || (isExecutable && !name.includes('.'))) return 1
  if (/\.(?:tf|tfvars|hcl|go|py|ts|js|rb|rs|toml)$/.test(name)) return 2
  if (/\.ya?ml$/.test(name) && !MANIFESTS.test(path)) return 3
  return undefined
}

const NAMES_VERSIONS =
  /^(?:\.gitmodules|(?:GNU)?[Mm]akefile|\.?[Jj]ustfile|Taskfile(?:\.dist)?\.ya?ml|Vagrantfile|Jenkinsfile[^/]*|\.env[^/]*|\.envrc|\.gitlab-ci\.ya?ml|[^/]*(?:Docker|Container)file[^/]*|(?:docker-)?compose[^/]*\.ya?ml|requirements[^/]*\.ya?ml|Pipfile|galaxy\.ya?ml|README(?:\.\w+)?|[^/]*versions?[^/]*\.(?:ya?ml|env|json))$/i

/** Charts and manifests of what runs in the cluster, hundreds in some repositories. */
const MANIFESTS = /(?:^|\/)(?:templates|charts|crds|manifests|host_vars)\//

function depthOf(path: string): number {
  return path.split('/').length
}
