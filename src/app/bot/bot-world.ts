import type { Clock, Log } from '../../ports/clock.ts'
import type { Cache } from '../../ports/cache.ts'
import type { Engine } from '../engine/engine.ts'

/** What the bot needs beside the repository it works on. */
export interface BotWorld {
  readonly engine: Engine
  readonly clock: Clock
  readonly log: Log
  /** Of this program, for people to read. */
  readonly version?: string
  /** What was found to need nothing, by everything that was seen of it. A new version of ours looks anew. */
  readonly settled: Cache
  /** How often everything is looked at although nothing changed, in milliseconds; once a day where nobody says. */
  readonly wholeLookEvery?: number
}

/** The names of our checks and of the label that makes an issue the dashboard. */
export const STEP_CHECK = 'kubespray-multiarch'
export const CONFIG_CHECK = 'kubespray-multiarch / settings'
export const DASHBOARD_LABEL = 'multiarch-dashboard'
