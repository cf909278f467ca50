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

/** Every method of a port; each refuses what it was asked first, once it has done it. Beside it what was really done. */
function doneAndRefused(port: object, done: string[], path = ''): object {
  return new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name)
      const full = `${path}${String(name)}`
      if (typeof member === 'object' && member !== null) return doneAndRefused(member, done, `${full}.`)
      if (typeof member !== 'function') return member
      return async (...given: unknown[]) => {
        const answer: unknown = await Reflect.apply(member, target, given)
        // What looks first does nothing where it finds the same.
        if (answer !== false) done.push(full)
        if (done.length > 1) return answer
        throw new Refusal({ code: 'address-not-allowed', message: 'You may not ask from there.' })
      }
    },
  })
}

test.each(Object.entries(MAKING))(
  'what %s made stands there once, though its answer was a refusal',
  async (_, make) => {
    const world = await botWorld()
    const { place, forge } = world
    const at = await world.push('mine', { 'a.yml': 'a: 1\n' })
    const request = { title: 'Mine', body: '', branch: 'mine', onto: 'main', draft: false }
    const { number } = await forge.pullRequests.open(request)
    const done: string[] = []
    const refusing = { ...place, forge: doneAndRefused(forge, done) as Forge }
    await make({ forge: confirmRefusals(refusing).forge, at, number }).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error
    })
    expect(done).toHaveLength(1)
  },
)

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
