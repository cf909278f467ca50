import { defined, optional } from '../model/defined.ts'
import { asksForVault, notInstalled } from './read-failures.ts'
import type { TaskAnswer } from '../model/task-answer.ts'
import type { Failure, WhyNot } from './verified.ts'

interface ReadAnswers {
  readonly failures: readonly Failure[]
  readonly told: readonly string[]
  /** How many checks were answered on one host at least. */
  readonly asked: number
  /** What keeps a question from being answered, where that is no failure of the inventory. */
  readonly why?: WhyNot
}

/** Failures of a play, hosts that share one told together; the playbook that we made ourselves is no place to look at. */
export function readAnswers(
  answers: readonly TaskAnswer[],
  ownPlaybook: string,
  withheld: readonly string[],
): ReadAnswers {
  const failures = new Map<string, Failure & { hosts: string[] }>()
  const told = new Set<string>()
  let why: WhyNot | undefined
  for (const { kind, host, task, at, message = '', condition } of answers) {
    if (kind === 'told') told.add(message)
    if (kind !== 'failed' && kind !== 'unreachable') continue
    const vault = asksForVault(message)
    const filter =
      withheld.length > 0 ? /[Nn]o (?:filter|test) named '([\w.]+)'/.exec(message)?.[1] : undefined
    const lacks = notInstalled(message)
    if (vault) why ??= { code: 'vault', ...vault }
    else if (lacks !== undefined) why ??= { code: 'not-installed', name: lacks }
    else if (filter !== undefined) why ??= { code: 'own-filter', name: filter }
    else {
      const key = JSON.stringify([at, message, condition])
      const known = failures.get(key)
      if (known) known.hosts.push(host)
      else
        failures.set(key, {
          task,
          message,
          hosts: [host],
          ...defined({ condition }),
          ...placeOf(at, ownPlaybook),
        })
    }
  }
  const merged = [...failures.values()].map((each) => ({ ...each, hosts: [...new Set(each.hosts)] }))
  return { failures: merged, told: [...told], asked: askedIn(answers), ...optional(why, (why) => ({ why })) }
}

/** A check whose condition does not hold is not asked; of a `fail` that is the answer. */
function askedIn(answers: readonly TaskAnswer[]): number {
  const asked = answers.filter(({ kind, action }) => {
    const name = action.replace(/^ansible\.(?:builtin|legacy)\./, '')
    return name === 'fail' || (name === 'assert' && kind !== 'skipped')
  })
  return new Set(asked.map(({ at, task }) => at ?? task)).size
}

function placeOf(at: string | undefined, own: string): { readonly file?: string; readonly line?: number } {
  const [, file = '', line = ''] = /^(.*):(\d+)$/.exec(at ?? '') ?? []
  return file === '' || file === own ? {} : { file, line: Number(line) }
}
