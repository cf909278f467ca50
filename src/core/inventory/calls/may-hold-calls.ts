import type { Entry } from '../../model/tree.ts'

/** Whether somebody may run playbooks from this file: what people and their machines start, and the page that says how. */
export function mayHoldCalls(path: string, { mode }: Entry): boolean {
  if (mode !== '100644' && mode !== '100755') return false
  if (/(?:^|\/)(?:node_modules|vendor|\.terraform|collections)\//.test(path)) return false
  // What a role's own page tells is about that role.
  if (/(?:^|\/)roles\//.test(path) && onlyTells(path)) return false
  if (mode === '100755' && /(?:^|\/)[^./]+$/.test(path)) return true
  return NAMES.test(path)
}

/** Whether a page only tells people what to type. */
export function onlyTells(path: string): boolean {
  return /(?:^|\/)README(?:\.\w+)?$/i.test(path)
}

/** Whether a file is a workflow of GitHub's, which takes a permission of its own to change. */
export function isWorkflow(path: string): boolean {
  return /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)
}

const NAMES =
  /(?:^|\/)(?:ansible\.cfg|[Mm]akefile|GNUmakefile|\.?[Jj]ustfile|[Tt]askfile(?:\.dist)?\.ya?ml|magefile\.go|Vagrantfile|Jenkinsfile[^/]*|\.env(?:rc)?|\.gitlab-ci\.ya?ml|\.drone\.ya?ml|azure-pipelines\.ya?ml|bitbucket-pipelines\.ya?ml|(?:Docker|Container)file[^/]*|(?:docker-)?compose[^/]*\.ya?ml|mise\.toml|package\.json|README(?:\.\w+)?)$|^\.(?:github\/(?:workflows|actions)|gitlab|circleci|semaphore|woodpecker|tekton)\/.*\.ya?ml$|\.(?:sh|bash|zsh|mk|just)$/i
