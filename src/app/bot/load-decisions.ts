import { optional } from '../../core/model/defined.ts'
import {
  decide,
  decisionsOfCluster,
  NO_DECISIONS,
  readDecisions,
  renderDecisions,
  unreadIn,
  type Decision,
  type Decisions,
} from '../../core/commands/decisions.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ObjectStore } from '../../ports/object-store.ts'

/**
 * What people decided is kept in the repository itself: a ref beside its branches, a commit a decision, the newest of
 * which says all that holds. It is there for whoever looks (`git log refs/multiarch/decisions`), moves by compare and
 * swap, and needs no issue to be switched on.
 */
const REF = 'refs/multiarch/decisions'

/** Where that of one of several clusters is kept: what is said of the repository holds for it as well. */
function refOf(cluster: string | undefined): string {
  return cluster === undefined ? REF : `refs/multiarch/clusters/${cluster}`
}

/** What holds in this repository, or for one of several clusters in it. */
export async function loadDecisions(store: ObjectStore, cluster?: string): Promise<Decisions> {
  const { decisions } = await load(store, REF)
  if (cluster === undefined) return decisions
  return decisionsOfCluster(decisions, (await load(store, refOf(cluster))).decisions)
}

interface DecisionBy {
  /** The one that it is about, of several clusters. */
  readonly cluster?: string | undefined
  /** The login of who decided. */
  readonly by: string
  readonly clock: Clock
}

/** Writes a decision down; says `false` where it held already. */
export async function recordDecision(
  store: ObjectStore,
  decision: Decision,
  { by, clock, cluster }: DecisionBy,
): Promise<boolean> {
  const ref = refOf(cluster)
  for (;;) {
    const { tip, decisions } = await load(store, ref)
    const after = decide(decisions, decision)
    if (after === decisions) return false
    const text = renderDecisions(after)
    const [blob] = await store.writeBlobs([new TextEncoder().encode(text)])
    const tree = await store.writeTree(new Map([['decisions', { mode: '100644', oid: blob as Oid }]]))
    const who = {
      name: by,
      email: `${by}@users.noreply.github.com`,
      time: Math.floor(clock.now() / 1000),
      zone: '+0000',
    }
    const message = `Decide: ${decision.kind}\n\n${text}`
    const to = await store.writeCommit({
      tree,
      parents: tip ? [tip] : [],
      author: who,
      committer: who,
      message,
    })
    // Somebody else decided meanwhile: on top of theirs, then.
    if (await store.moveRef({ name: ref, from: tip, to })) return true
  }
}

async function load(
  store: ObjectStore,
  ref: string,
): Promise<{ tip: Oid | undefined; decisions: Decisions }> {
  const tip = (await store.listRefs(ref)).get(ref)
  if (!tip) return { tip, decisions: NO_DECISIONS }
  const commit = (await store.readCommits([tip])).get(tip)
  // What was decided is there and was not read: to go on as if nothing had been would undo it.
  if (!commit) throw new Error(`the commit ${tip} of ${ref} is not there`)
  const unread = unreadIn(commit.message)
  return {
    tip,
    decisions: { ...readDecisions(commit.message), ...optional(unread.length > 0, () => ({ unread })) },
  }
}
