import { troubleOf } from '../commands/trouble-of.ts'
import { flat } from '../../core/explain/blocks/text.ts'
import type { Check } from '../../core/explain/doctor/check.ts'
import { doctorBlocks } from '../../core/explain/doctor/doctor-blocks.ts'
import { doctorChecks } from '../../core/explain/doctor/doctor-checks.ts'
import type { CacheFacts, DoctorFacts } from '../../core/explain/doctor/doctor-facts.ts'
import { defined } from '../../core/model/defined.ts'
import { Refusal } from '../../core/model/problem.ts'
import { EXIT } from '../commands/exit.ts'
import { cacheFolder } from '../cache/cache-folder.ts'
import { KUBESPRAY, whenFetched } from '../commands/upstream-history.ts'
import { SCHEMA } from '../print/plan-json.ts'
import { sayBlocks, sayJson } from '../print/say.ts'
import { neededNode } from '../print/version.ts'
import { gitVersion } from './git-version.ts'
import { lookAtActions } from './look-at-actions.ts'
import { lookAtClone } from './look-at-clone.ts'
import { mayWrite } from './may-write.ts'

export interface DoctorOptions {
  readonly online?: true
  readonly json?: true
}

/** Looks, and changes nothing. */
export async function runDoctor(repo: string, { online, json }: DoctorOptions): Promise<number> {
  const checks = doctorChecks(await factsOf(repo, online ?? false))
  if (json) sayJson({ schema: SCHEMA, checks: checks.map(checkJson) })
  else sayBlocks(doctorBlocks(checks))
  if (checks.some(({ state }) => state === 'stops')) return EXIT.usage
  return checks.some(({ state }) => state === 'look') ? LOOK : EXIT.done
}

/** Scripts tell a clone that works from one to look at; 3 is for what a person decides. */
const LOOK = 1

function checkJson({ code, state, text, mend, at }: Check): object {
  return { code, state, message: flat(text), ...defined({ mend, at }) }
}

async function factsOf(repo: string, isOnline: boolean): Promise<DoctorFacts> {
  const git = await gitVersion()
  const clone = git === undefined ? undefined : await lookAtClone(repo, isOnline).catch(problemOf)
  const remotes = clone && 'remotes' in clone ? clone.remotes : []
  return {
    repo,
    node: { version: process.versions.node, needed: neededNode() },
    git,
    clone,
    cache: await cacheFacts(),
    actions: await lookAtActions(remotes, process.env),
  }
}

function problemOf(error: unknown): DoctorFacts['clone'] {
  const trouble = troubleOf(error)
  if (trouble) return { problem: trouble }
  const [problem] = error instanceof Refusal ? error.problems : []
  if (!problem) throw error
  return { problem }
}

async function cacheFacts(): Promise<CacheFacts> {
  const folder = cacheFolder()
  const fetched = await whenFetched(KUBESPRAY)
  const daysOld = fetched === undefined ? undefined : Math.floor((Date.now() - fetched) / DAY)
  return { folder, isWritable: await mayWrite(folder), ...defined({ daysOld }) }
}

const DAY = 24 * 60 * 60 * 1000
