import type { Actor } from './actors.ts'
import { loginOf } from './actors.ts'
import { Failure } from './call.ts'
import { gitText } from './git.ts'
import { fullName, pullJson, userJson } from './render.ts'
import { isAncestor, revisions, touchedBy } from './revisions.ts'
import { writeRefs, ZERO } from './write-refs.ts'
import type { Webhooks } from './webhooks.ts'
import { accessOf, markNew, refsUnder, type Repo, type WorkflowRule, type World } from './world.ts'

export interface Stage {
  readonly world: World
  readonly webhooks: Webhooks
}

interface RefChange {
  readonly name: string
  /** Full id; zeros: must not exist, or is taken away. */
  readonly before?: string
  readonly after: string
  readonly force: boolean
}

/** Moves refs, all or none, after every rule GitHub has for it; tells the App. Throws a 422 in GitHub's words. */
export function changeRefs(
  stage: Stage,
  repo: Repo,
  changes: { actor: Actor; refs: readonly RefChange[] },
): void {
  const now = refsUnder(repo, 'refs/')
  const { actor } = changes
  for (const change of changes.refs) checkChange(repo, { ...change, now, actor, rule: stage.world.workflows })
  const moves = new Map(changes.refs.map(({ name, after }) => [name, after]))
  if (moves.size < changes.refs.length || !writeRefs(repo.gitDir, moves))
    throw new Failure(422, 'Reference update failed')
  for (const { name, after } of changes.refs) {
    markNew(stage.world, `${fullName(repo)} ${name}`)
    tell(stage, repo, {
      name,
      before: now.get(name) ?? ZERO,
      after,
      sender: loginOf(stage.world, changes.actor),
    })
  }
}

interface Checked extends RefChange {
  readonly now: ReadonlyMap<string, string>
  readonly actor: Actor
  readonly rule: WorkflowRule
}

function checkChange(repo: Repo, change: Checked): void {
  const { name, before, after, force, now, actor } = change
  const current = now.get(name)
  if (before !== undefined && before !== (current ?? ZERO))
    throw new Failure(
      422,
      `Reference cannot be updated: ${name} is at ${current ?? ZERO} but expected ${before}`,
    )
  if (after === ZERO) return
  if (!isRefName(name)) throw new Failure(422, `${name} is not a valid ref name.`)
  const found = repo.objects.get(after)
  if (!found) throw new Failure(422, 'Object does not exist')
  if (name.startsWith('refs/heads/') && found.type !== 'commit')
    throw new Failure(422, 'Object is not a commit')
  const branch = name.replace(/^refs\/heads\//, '')
  if (repo.protectedBranches.has(branch) && !mayPassProtection(repo, actor))
    throw new Failure(422, 'Repository rule violations found\n\nCannot update this protected ref.\n\n')
  if (!force && current && !isAncestor(repo, current, after))
    throw new Failure(422, 'Update is not a fast forward')
  checkWorkflows(repo, change)
}

/** GitHub's rule: who lacks `workflows` may bring no workflow file that no other branch has just so. */
function checkWorkflows(repo: Repo, { after, now, actor, rule }: Checked): void {
  if (actor.kind !== 'installation' || actor.permissions.workflows === 'write') return
  const known = new Set(
    [...now].filter(([name]) => name.startsWith('refs/heads/')).flatMap(([, oid]) => workflows(repo, oid)),
  )
  const tips = [...now].filter(([name]) => name.startsWith('refs/heads/')).map(([, oid]) => `^${oid}`)
  const brought =
    rule.looksAt === 'tip' ? [after] : gitText(repo.gitDir, ['rev-list', after, ...tips]).split('\n')
  const changed = brought.flatMap((oid) => workflows(repo, oid)).find((row) => !known.has(row))
  if (changed !== undefined) throw workflowFailure(rule, changed.split(' ')[0] as string)
}

function workflowFailure({ says }: WorkflowRule, file: string): Failure {
  const headers = { 'x-accepted-github-permissions': 'contents=write; contents=write,workflows=write' }
  if (says === 'not-granted') return new Failure(403, 'Resource not accessible by integration', { headers })
  if (says === 'not-found') return new Failure(404, 'Not Found', { headers })
  return new Failure(
    422,
    `refusing to allow a GitHub App to create or update workflow \`${file}\` without \`workflows\` permission`,
  )
}

/** Path and id of each workflow file of a commit. */
function workflows(repo: Repo, oid: string): string[] {
  const tree = repo.objects.commit(oid)?.tree
  const folder = tree && repo.objects.at(tree, '.github/workflows')
  const rows = folder ? (repo.objects.rows(folder.oid) ?? []) : []
  return rows.map((row) => `.github/workflows/${row.name} ${row.oid}`)
}

/** The newest commits of a push with the paths each touched; GitHub lists at most 2,048, twenty do here. */
function pushedCommits(repo: Repo, before: string, after: string): unknown[] {
  return revisions(repo, { to: after, not: before === ZERO ? undefined : before })
    .slice(0, 20)
    .map((oid) => {
      const [message] = repo.objects.commit(oid)?.message.trimStart().split('\n\n') ?? []
      return {
        id: oid,
        message: message?.replaceAll('\n', ' ').trim(),
        distinct: true,
        ...touchedBy(repo, oid),
      }
    })
    .reverse()
}

function mayPassProtection(repo: Repo, actor: Actor): boolean {
  return actor.kind === 'person' && accessOf(repo, actor.login) === 'admin'
}

/** As `git check-ref-format` has it. */
export function isRefName(name: string): boolean {
  const parts = name.split('/')
  return (
    parts.length > 1 &&
    parts.every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock')) &&
    !name.endsWith('.') &&
    // eslint-disable-next-line no-control-regex -- these are what git forbids
    !/\.\.|@\{|[\x00-\x20\x7f~^:?*[\\]/.test(name)
  )
}

function tell(
  { world, webhooks }: Stage,
  repo: Repo,
  push: { name: string; before: string; after: string; sender: string },
): void {
  const { name, before, after, sender } = push
  const commit = repo.objects.commit(after)
  webhooks.emit('push', repo, {
    ...{ ref: name, before, after, base_ref: null, compare: '', sender },
    ...{
      created: before === ZERO,
      deleted: after === ZERO,
      forced: before !== ZERO && after !== ZERO && !isAncestor(repo, before, after),
    },
    pusher: { name: sender, email: null },
    head_commit: commit ? { id: commit.oid, tree_id: commit.tree, message: commit.message } : null,
    // Found out only where somebody listens.
    commits: after === ZERO || !webhooks.url ? [] : pushedCommits(repo, before, after),
  })
  const followers = [...repo.threads.values()].filter(
    (each) =>
      each.state === 'open' &&
      each.pull?.head.repo === repo &&
      name === `refs/heads/${each.pull.head.branch}`,
  )
  for (const thread of followers)
    webhooks.emit('pull_request', repo, {
      ...{ action: 'synchronize', number: thread.number, before, after, sender },
      pull_request: { ...pullJson(world, repo, thread), merged: false, user: userJson(world, thread.author) },
    })
}
