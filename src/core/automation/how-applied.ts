import { defined, optional } from '../model/defined.ts'
import { ansiblePins, type AnsiblePin } from './ansible-pins.ts'
import { mayBePart, ownPlaybooks, wrappersIn, type AppliedPlaybook, type OwnPlaybook } from './call-lines.ts'
import { callWorld, reachOf, type CallWorld } from './call-world.ts'
import type { Callable } from './callables-in.ts'
import { callsOfPipelines } from './calls-of-pipelines.ts'
import { callsOfWorkflows } from './calls-of-workflows.ts'
import type { CallOnMerge } from './call-on-merge.ts'

export interface HowApplied {
  /** The branch that is merged to. */
  readonly branch: string
  /** Calls by workflows and pipelines that such a merge starts: merging a step runs it on the cluster. */
  readonly onMerge: readonly CallOnMerge[]
  /** What a person calls: a target of a Makefile, Taskfile or Justfile, or a script. */
  readonly byHand: readonly CallByHand[]
  /** Playbooks of the repository's own that import Kubespray's; absent where there are none. */
  readonly own?: readonly OwnPlaybook[]
  /** Where it says which Ansible is installed; absent where it does not. */
  readonly ansible?: readonly AnsiblePin[]
  /** The file of hooks that people's commits pass, and ours do not. */
  readonly hooks?: string
}

/** Where `pre-commit` has its hooks. */
export const HOOKS_FILE = '.pre-commit-config.yaml'

export interface CallByHand extends Pick<Callable, 'file' | 'tool' | 'name'> {
  /** From 1: the line that runs the playbook, or that calls what does. */
  readonly line: number
  readonly playbook: AppliedPlaybook
  /** Where it names some hosts or tasks (`--limit`, `--tags`), so that no single call moves the whole cluster. */
  readonly isPart?: true
}

/** What is asked about: merges to this branch. */
export interface PushedTo {
  readonly branch: string
  readonly isDefault: boolean
  readonly hooks?: string | undefined
}

/** How people run Kubespray from this repository, as far as its files tell; `isDefault` for the branch that workflows are started from. */
export function howApplied(
  texts: ReadonlyMap<string, string>,
  { branch, isDefault, hooks }: PushedTo,
): HowApplied {
  const own = ownPlaybooks(texts)
  const world = callWorld(texts, wrappersIn(own))
  const onMerge = [
    ...callsOfWorkflows(texts, { branch, isDefault, world }),
    ...callsOfPipelines(texts, { branch, isDefault, world }),
  ]
  const ansible = ansiblePins(texts)
  return {
    branch,
    onMerge,
    byHand: callsByHand(texts, wrappersIn(own), world),
    ...optional(ansible.length > 0, () => ({ ansible })),
    ...optional(own.length > 0, () => ({ own })),
    ...defined({ hooks }),
  }
}

function callsByHand(
  texts: ReadonlyMap<string, string>,
  wrappers: ReadonlyMap<string, AppliedPlaybook>,
  world: CallWorld,
): readonly CallByHand[] {
  const all = callsIn(world)
  if (![...texts.values()].some(mayBePart)) return all
  const whole = new Map(callsIn(callWorld(texts, wrappers, 'whole')).map((each) => [keyOf(each), each]))
  return all.map((each) => whole.get(keyOf(each)) ?? { ...each, isPart: true })
}

function callsIn(world: CallWorld): readonly CallByHand[] {
  return world.callables.flatMap((callable) => {
    const { file, tool, name } = callable
    return reachOf(callable, world).map(({ line, playbook }) => ({ file, line, playbook, tool, name }))
  })
}

function keyOf({ file, tool, name, playbook }: CallByHand): string {
  return [file, tool, name, playbook].join('\0')
}
