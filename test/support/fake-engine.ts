import type { Engine, Survey, Work } from '../../src/app/engine/engine.ts'
import type { Proposal } from '../../src/app/step/proposal-of.ts'
import { branchNameFor, type StepName } from '../../src/app/branch/step-name.ts'
import { COMMITTER_EMAIL, COMMITTER_NAME } from '../../src/app/repository/committer-at.ts'
import { Refusal } from '../../src/core/model/problem.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import { withChanges } from '../../src/core/model/tree.ts'
import type { ReleaseTag } from '../../src/core/model/release-tag.ts'

/**
 * An engine small enough to see through: a fork's release is the text of its file `RELEASE`, its one patch is in
 * conflict while the file `conflict` is on the step's branch, and a step writes the next release into `RELEASE`.
 */
interface FakeEngine extends Engine {
  releases: readonly ReleaseTag[]
  /** Whether the next step's branch begins with a conflict. */
  conflicting: boolean
  readonly calls: string[]
}

export function fakeEngine(...releases: readonly string[]): FakeEngine {
  const engine: FakeEngine = {
    releases: releases as readonly ReleaseTag[],
    conflicting: false,
    calls: [],
    survey: async (work) => {
      engine.calls.push('survey')
      return survey(work, engine.releases)
    },
    build: async (work, step, manner) => {
      engine.calls.push(`build ${manner}`)
      const { objects } = work.place
      const ref = `refs/heads/${step.branch}`
      const from = (await objects.listRefs(ref)).get(ref)
      const to = await writeStep(work, step, engine.conflicting)
      const touched = from !== undefined && (await committerOf(work, from)) !== COMMITTER_EMAIL
      if (touched && manner !== 'recreate') {
        const why = 'People worked on the branch.'
        return { proposal: await propose(work, step), change: 'kept', why, onTop: [], thrownAway: [] }
      }
      if (from !== to && !(await objects.moveRef({ name: ref, from, to }))) throw new Error('moved meanwhile')
      const moved = from ? 'moved' : 'created'
      const change = from === to ? 'unchanged' : moved
      const thrownAway = touched ? [from] : []
      return { proposal: await propose(work, step), change, onTop: [], thrownAway }
    },
    judge: async (work, step) => {
      engine.calls.push('judge')
      return propose(work, step)
    },
    settle: (_work, _step, { patch, side }) => {
      engine.calls.push(`settle ${patch} ${side}`)
      return Promise.resolve({ kind: 'nothing-open' })
    },
    forget: (_work, _step, { patch }) => {
      engine.calls.push(`forget ${patch}`)
      return Promise.resolve({ kind: 'nothing-remembered' })
    },
  }
  return engine
}

async function survey({ place, decisions }: Work, releases: readonly ReleaseTag[]): Promise<Survey> {
  const onto = 'main'
  const release = await fileAt(place.objects, `refs/heads/${onto}`, 'RELEASE')
  if (!release) throw new Refusal({ code: 'no-kubespray', message: 'This is no fork of Kubespray.' })
  const ahead = releases.slice(releases.indexOf(release as ReleaseTag) + 1)
  const next = ahead.find((each) => !decisions.skipped.includes(each))
  return {
    branch: onto,
    release: release as ReleaseTag,
    byUs: release !== releases[0],
    state: { release: release as ReleaseTag },
    architectures: ['amd64', 'arm64'],
    inventories: ['inventory/home'],
    addons: [],
    patches: [{ ids: ['9f8e7d6'], title: 'Use image_arch in the calico URL' }],
    steps: next ? [stepTo(release as ReleaseTag, next)] : [],
    off: [],
    automation: { applied: NOTHING, onSettings: NOTHING, bots: [], branches: [] },
    ...(next && { next: { kind: 'kubespray', branch: branchNameFor(next), onto, release: next } }),
    notes: [],
  }
}

const NOTHING = { branch: 'main', onMerge: [], byHand: [] }

function stepTo(from: ReleaseTag, to: ReleaseTag): Survey['steps'][number] {
  return {
    kind: 'kubespray',
    kubespray: { from, to },
    kubernetes: { from: '1.30.0', to: '1.30.0' },
    reasons: [],
  }
}

async function propose({ place, decisions }: Work, step: StepName): Promise<Proposal> {
  const ref = `refs/heads/${step.branch}`
  const head = (await place.objects.listRefs(ref)).get(ref) as Oid
  const open = (await fileAt(place.objects, ref, 'conflict')) !== undefined
  const dropped = decisions.dropped.includes('p-1')
  const verdict = open ? 'conflict' : 'clean'
  return {
    step,
    head,
    title: `Kubespray ${releaseOf(step)}`,
    body: `Moves to ${releaseOf(step)}. ${dropped ? 'Without the patch.' : `The patch is ${verdict}.`}\n${open ? '\n- [ ] **Settle** it\n' : ''}`,
    open,
    check: { title: open ? '1 conflict to settle' : 'All carried', summary: verdict, annotations: [] },
    patches: [
      {
        id: 'p-1',
        ids: ['9f8e7d6'],
        title: 'Use image_arch in the calico URL',
        verdict,
        conflicts: open ? ['conflict'] : [],
        detail: [{ kind: 'paragraph', text: [`It is ${verdict}.`] }],
      },
    ],
    suggestions: [],
    dropped: [],
  }
}

async function writeStep({ place: { objects } }: Work, step: StepName, conflicting: boolean): Promise<Oid> {
  const main = (await objects.listRefs('refs/heads/main')).get('refs/heads/main') as Oid
  const [release, conflict] = await objects.writeBlobs([bytes(releaseOf(step)), bytes('open')])
  const changes = new Map([['RELEASE', { mode: '100644', oid: release as Oid } as const]])
  if (conflicting) changes.set('conflict', { mode: '100644', oid: conflict as Oid })
  const tree = await objects.writeTree(withChanges(await objects.readTree(main), changes))
  const who = { name: COMMITTER_NAME, email: COMMITTER_EMAIL, time: 1_700_000_000, zone: '+0000' }
  return objects.writeCommit({
    tree,
    parents: [main],
    author: who,
    committer: who,
    message: `To ${releaseOf(step)}`,
  })
}

function releaseOf(step: StepName): ReleaseTag {
  if (step.kind !== 'kubespray') throw new Error('this engine goes to releases only')
  return step.release
}

async function fileAt(
  objects: Work['place']['objects'],
  ref: string,
  path: string,
): Promise<string | undefined> {
  const head = (await objects.listRefs(ref)).get(ref)
  const entry = head && (await objects.readTree(head)).get(path)
  const content = entry && (await objects.readBlobs([entry.oid])).get(entry.oid)
  return content && new TextDecoder().decode(content)
}

async function committerOf({ place }: Work, oid: Oid): Promise<string | undefined> {
  return (await place.objects.readCommits([oid])).get(oid)?.committer.email
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
