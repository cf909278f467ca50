import { describe, expect, test } from 'vitest'
import { loadDecisions } from '../../../src/app/bot/load-decisions.ts'
import { botWorld, type BotStory } from '../../support/bot-world.ts'

/** A step is open. */
async function withStep(): Promise<BotStory & { readonly number: number }> {
  const world = await botWorld()
  await world.look()
  return { ...world, number: (await world.pull())?.number ?? 0 }
}

describe('boxes of the dashboard', () => {
  async function ticked(box: string, by?: string) {
    const world = await withStep()
    const { number, body } = (await world.dashboard()) ?? { number: 0, body: '' }
    await world.people.edit(number, { body: body.replace(`- [ ] ${box}`, `- [x] ${box}`) }, by)
    return { ...world, board: number }
  }

  test('a look that comes before the webhook, or without one, does what is ticked', async () => {
    const world = await ticked('Hold', 'ada')
    await world.look()
    expect((await world.dashboard())?.body).toContain('**On hold**')
    expect((await world.dashboard())?.body).not.toContain('[x]')
  })

  test.each(['eve', 'nice[bot]'])('%s ticks in vain', async (login) => {
    const world = await ticked('Hold', login)
    await world.look()
    expect((await loadDecisions(world.objects)).held).toBe(false)
    expect((await world.dashboard())?.body).not.toContain('[x]')
  })

  test('where it is not told who ticked, a look that writes leaves the box for the webhook', async () => {
    const world = await ticked('Hold')
    world.engine.releases = ['v2.29.0', 'v2.30.1'] as never
    await world.look()
    expect((await world.dashboard())?.body).toContain('kubespray-2.30.1'.replace('kubespray-', 'v'))
    expect((await world.dashboard())?.body).toContain('- [x] Hold')
    await world.useCases.answerDashboard(world.place, { number: world.board, by: 'ada' })
    expect((await world.dashboard())?.body).toContain('**On hold**')
    expect((await world.dashboard())?.body).not.toContain('[x]')
  })

  test('what the webhook said was ticked is done even where a look has written the text anew', async () => {
    const world = await withStep()
    const board = (await world.dashboard())?.number ?? 0
    await world.useCases.answerDashboard(world.place, { number: board, by: 'ada', ticked: ['hold'] })
    expect((await world.dashboard())?.body).toContain('**On hold**')
  })
})
