// What is found of Kubespray in a clone: `npx tsx bench/layouts.ts <git folder> [ref] [--upstream <git folder>]`. Reads nothing but git.
import { execFileSync } from 'node:child_process'
import { chooseLayout } from '../src/core/layout/choose-layout.ts'
import { filesThatMayTell, LARGEST_THAT_TELLS } from '../src/core/layout/files-that-may-tell.ts'
import { findPatchGroups } from '../src/core/layout/patch-group.ts'
import { findPlaces } from '../src/core/layout/find-places.ts'
import { howApplied } from '../src/core/automation/how-applied.ts'
import { readOid } from '../src/core/model/oid.ts'
import { readReleaseTag } from '../src/core/model/release-tag.ts'
import type { Entry, Mode } from '../src/core/model/tree.ts'

const words = process.argv.slice(2)
const upstream = words.includes('--upstream') ? words.splice(words.indexOf('--upstream'), 2)[1] : undefined
const [folder = '.', ref = 'HEAD'] = words

function git(...args: readonly string[]): Buffer {
  return execFileSync('git', ['--git-dir', folder, ...args], {
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

/** A snapshot may list a file that it does not hold. */
function blobOf(path: string): Buffer {
  try {
    return git('cat-file', 'blob', tree.get(path)?.oid ?? '')
  } catch {
    console.log(`not in this snapshot: ${path}`)
    return Buffer.alloc(0)
  }
}

const tree = new Map<string, Entry>()
for (const row of git('ls-tree', '-r', '-z', ref).toString().split('\0')) {
  const [, mode, id, path] = /^(\d+) \w+ ([0-9a-f]{40})\t(.*)$/s.exec(row) ?? []
  const oid = readOid(id ?? '')
  if (mode !== undefined && oid && path !== undefined) tree.set(path, { mode: mode as Mode, oid })
}
const texts = new Map<string, string>()
for (const path of filesThatMayTell(tree)) {
  const bytes = blobOf(path)
  if (bytes.length <= LARGEST_THAT_TELLS) texts.set(path, bytes.toString())
}
const before = performance.now()
const places = findPlaces(tree, texts)
const took = performance.now() - before
console.log(`${tree.size} files, ${texts.size} read, ${took.toFixed(0)} ms`)
console.log(`root: ${places.isRoot}; folders: ${places.folders.join(', ')}`)
for (const { path, commit, url, named, branch } of places.gitlinks)
  console.log(`gitlink ${path} ${commit} ${url ?? '(no URL)'} ${named ?? ''} ${branch?.value ?? ''}`)
for (const { path, url, line } of places.missingGitlinks)
  console.log(`.gitmodules:${line} ${path} ${url}: no entry`)
for (const { file, line, value, says, reaches, only, digest, comment } of places.pins)
  console.log(
    `${file}:${line} ${JSON.stringify(value)} ${reaches} ${JSON.stringify(says)} ${only ?? ''} ${digest?.value ?? ''} ${comment?.value ?? ''}`,
  )
for (const { folder, files, named } of findPatchGroups(tree))
  console.log(`patches ${folder}: ${files.length}, ${named?.written ?? 'named for no release'}`)
console.log(`inventories: ${places.inventories.join(', ')}`)

const choice = chooseLayout(places, {
  releaseOf(commit) {
    if (upstream === undefined) return 'unknown'
    const args = ['--git-dir', upstream, 'describe', '--tags', '--match', 'v*', commit]
    try {
      const told = execFileSync('git', args, { stdio: ['ignore', 'pipe', 'ignore'] })
        .toString()
        .trim()
      const [tag = '', ...distance] = told.split('-')
      const release = readReleaseTag(tag)
      return release ? { release, exact: distance.length === 0 } : 'unknown'
    } catch {
      return 'not-upstream'
    }
  },
})
console.log(
  `chosen: ${JSON.stringify(choice.kind === 'layout' ? { layout: choice.layout.kind, base: choice.base } : choice)}`,
)
const { onMerge, byHand } = howApplied(texts, { branch: 'main', isDefault: true })
for (const { file, line, playbooks } of onMerge)
  console.log(`on merge ${file}:${line} ${playbooks.join(' or ')}`)
for (const { file, line, playbook, tool, name } of byHand)
  console.log(`by hand ${file}:${line} ${tool} ${name} ${playbook}`)
