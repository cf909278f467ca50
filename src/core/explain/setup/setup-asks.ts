import { heading, list, paragraph, type Block } from '../blocks/block.ts'
import { code, quoted, say } from '../blocks/text.ts'

export interface PageFacts {
  readonly app: string
  /** The account that the App will belong to, where it is an organization. */
  readonly org?: string
  readonly web: string
  readonly permissions: Readonly<Record<string, 'read' | 'write'>>
  readonly events: readonly string[]
  /** Where GitHub sends webhooks; absent where it sends none. */
  readonly at?: string
}

/** What is asked for, before the browser goes on to GitHub. */
export function setupAsks(facts: PageFacts): readonly Block[] {
  const { app, org, web, permissions, events, at } = facts
  const whose = org === undefined ? say`your account` : say`the organization ${code(org)}`
  return [
    paragraph(
      say`GitHub will ask you to register the App ${code(app)} for ${whose} at ${quoted(web)}. You can change its name there; names are taken by one App alone in all of GitHub. Nobody but that account can install it.`,
    ),
    heading(2, ['What it asks for']),
    list(Object.entries(permissions).map(([name, level]) => say`${code(name)}: ${level}`)),
    paragraph(
      at === undefined
        ? say`GitHub tells it nothing: it looks by the clock.`
        : say`GitHub tells it of ${events.flatMap((each, index) => say`${index === 0 ? '' : ', '}${code(each)}`)}, at ${code(at)}.`,
    ),
    paragraph(say`Its key and its secret go from GitHub to this machine alone.`),
  ]
}

export function setupForeign(): readonly Block[] {
  return [
    paragraph(
      say`This answer belongs to no question of mine, so I did nothing with it. Open the address that the terminal shows.`,
    ),
  ]
}

export function setupOver(): readonly Block[] {
  return [paragraph(say`The App is being set up already; the terminal says how it went.`)]
}

export function setupFailed(): readonly Block[] {
  return [paragraph(say`That did not work; the terminal says why.`)]
}
