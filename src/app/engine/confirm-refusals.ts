import { Refusal } from '../../core/model/problem.ts'
import type { Forge, Issues, NewLineComment } from '../../ports/forge.ts'
import type { Workplace } from '../../ports/host.ts'

/**
 * A workplace that believes a refusal once it was given twice in turn. What GitHub says once may be a moment's (a server that has not heard of
 * a permission yet), and people would be told of something that nobody can find any more.
 */
export function confirmRefusals(place: Workplace): Workplace {
  const { repository, objects, forge } = place
  return { repository, objects: confirmed(objects, forge), forge: confirmed(forge, forge) }
}

/**
 * What would be there twice if only its answer was wrong: looked for before it is asked for again. By the method, what stands there of what
 * it was given, as the method answers it.
 */
const STANDING: Readonly<Record<string, (forge: Forge, ...given: never[]) => Promise<unknown>>> = {
  'comments.add': async ({ comments }, number: number, body: string) => {
    const ours = (await comments.on(number)).filter(({ author }) => author.kind === 'us')
    // One that says the same further up was written for something else.
    return ours.at(-1)?.body.trim() === body.trim() ? ours.at(-1) : undefined
  },
  'issues.open': ({ issues }, { label }: Parameters<Issues['open']>[0]) => issues.ours(label),
  'lineComments.add': async ({ lineComments }, number: number, { path, body }: NewLineComment) => {
    const ours = await lineComments.ours(number)
    return ours.some((each) => each.path === path && each.body.trim() === body.trim()) || undefined
  },
}

function confirmed<T extends object>(port: T, forge: Forge, path = ''): T {
  const known = new Map<PropertyKey, unknown>()
  return new Proxy(port, {
    get(target, name) {
      const found = known.get(name) ?? wrapped(target, { name, path, forge })
      known.set(name, found)
      return found
    },
  })
}

interface Member {
  readonly name: string | symbol
  /** Of the port that it is a member of, with a dot behind it. */
  readonly path: string
  readonly forge: Forge
}

function wrapped(target: object, { name, path, forge }: Member): unknown {
  const member: unknown = Reflect.get(target, name)
  const full = `${path}${String(name)}`
  if (typeof member === 'object' && member !== null) return confirmed(member, forge, `${full}.`)
  if (typeof member !== 'function') return member
  return (...given: unknown[]): unknown => {
    const answer: unknown = Reflect.apply(member, target, given)
    if (!(answer instanceof Promise)) return answer
    const again = async (): Promise<unknown> => {
      const look = STANDING[full]
      const standing: unknown = look && (await Reflect.apply(look, undefined, [forge, ...given]))
      return standing ?? (await Reflect.apply(member, target, given))
    }
    return confirmRefusal(again, answer)
  }
}

/** The same of one question. Another refusal than the one before confirms nothing: it is to be given twice itself. */
export async function confirmRefusal<T>(ask: () => Promise<T>, first = ask()): Promise<T> {
  let answer = first
  let before: string | undefined
  for (let asked = 1; ; asked++, answer = ask())
    try {
      return await answer
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const codes = error.problems.map(({ code }) => code).join(' ')
      if (codes === before || asked === MOST_ASKED) throw error
      before = codes
    }
}

/** Two that take turns for ever are refusals all the same. */
const MOST_ASKED = 4
