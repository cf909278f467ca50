import { expect, test } from 'vitest'
import { confirmRefusal, confirmRefusals } from '../../../src/app/engine/confirm-refusals.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import { Refusal } from '../../../src/core/model/problem.ts'
import type { CheckReport, Forge } from '../../../src/ports/forge.ts'
import { botWorld } from '../../support/bot-world.ts'

interface Made {
  readonly forge: Forge
  readonly at: Oid
  readonly number: number
}

/** What makes something that another call of it would make once more. */
const MAKING: Readonly<Record<string, (made: Made) => Promise<unknown>>> = {
  'checks.report': ({ forge, at }) => forge.checks.report(reportAt(at)),
  'comments.add': ({ forge, number }) => forge.comments.add(number, 'Hello.'),
  'issues.open': ({ forge }) => forge.issues.open({ title: 'A board', body: 'Hello.', label: 'board' }),
  'lineComments.add': ({ forge, at, number }) =>
    forge.lineComments.add(number, { at, path: 'a.yml', from: 1, to: 1, body: 'Hello.' }),
}

function reportAt(at: Oid): CheckReport {
  return {
    ...{ name: 'step', at, state: 'success', title: 'Done', summary: 'All of it.' },
    ...{ annotations: [], actions: [] },
  }
}

interface Refusing {
  /** The method that refuses what it is asked first. */
  readonly method: string
  /** Whether it has done it by then. */
  readonly isDone: boolean
  /** What was really done of it. */
  readonly done: string[]
}

/** A port of which one method refuses once. */
function refusing(port: object, world: Refusing, path = ''): object {
  let asked = 0
  return new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name)
      const full = `${path}${String(name)}`
      if (typeof member === 'object' && member !== null) return refusing(member, world, `${full}.`)
      if (typeof member !== 'function' || full !== world.method) return member
      return async (...given: unknown[]) => {
        const isRefused = ++asked === 1
        const answer: unknown =
          isRefused && !world.isDone ? false : await Reflect.apply(member, target, given)
        // What looks first does nothing where it finds the same.
        if (answer !== false) world.done.push(full)
        if (!isRefused) return answer
        throw new Refusal({ code: 'address-not-allowed', message: 'You may not ask from there.' })
      }
    },
  })
}

const REFUSED = Object.keys(MAKING).flatMap((method) => [
  { method, isDone: true },
  { method, isDone: false },
])

test.each(REFUSED)(
  'what $method makes stands there once, and is done, where a refusal came once (done already: $isDone)',
  async ({ method, isDone }) => {
    const world = await botWorld()
    const { place, forge } = world
    const at = await world.push('mine', { 'a.yml': 'a: 1\n' })
    const request = { title: 'Mine', body: '', branch: 'mine', onto: 'main', draft: false }
    const { number } = await forge.pullRequests.open(request)
    // What says the same was written for something else, where something else was said since.
    for (const text of ['Hello.', 'Something else.']) await forge.comments.add(number, text)
    const done: string[] = []
    const once = refusing(forge, { method, isDone, done }) as Forge
    await MAKING[method]?.({ forge: confirmRefusals({ ...place, forge: once }).forge, at, number })
    expect(done).toEqual([method])
  },
)

test('a comment that stands there already is answered as it was written', async () => {
  const world = await botWorld()
  const { place, forge } = world
  await world.push('mine', { 'a.yml': 'a: 1\n' })
  const { number } = await forge.pullRequests.open({
    title: 'Mine',
    body: '',
    branch: 'mine',
    onto: 'main',
    draft: false,
  })
  const once = refusing(forge, { method: 'comments.add', isDone: true, done: [] }) as Forge
  const added = await confirmRefusals({ ...place, forge: once }).forge.comments.add(number, 'Hello.')
  expect([added]).toEqual(await forge.comments.on(number))
})

// By the letter of what is refused each time; a dot is an answer.
test.each([
  ['.', '.', 1],
  ['a.', '.', 2],
  ['aa.', 'a', 2],
  ['ab.', '.', 3],
  ['abb.', 'b', 3],
  ['aba.', '.', 4],
  ['abab.', 'b', 4],
])('of what is answered with %s one hears %s, asked %i times', async (answers, heard, times) => {
  let asked = 0
  const ask = () => {
    const answer = answers.charAt(asked++)
    return answer === '.'
      ? Promise.resolve(answer)
      : Promise.reject(new Refusal({ code: answer, message: answer }))
  }
  const said = await confirmRefusal(ask).catch((error: unknown) => (error as Refusal).problems[0]?.code)
  expect([said, asked]).toEqual([heard, times])
})
