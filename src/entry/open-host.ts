import { Refusal } from '../core/model/problem.ts'
import type { UseCases } from '../app/use-cases.ts'
import type { Log } from '../ports/ambient.ts'
import type { Host } from '../ports/host.ts'
import type { Settings } from './env.ts'
import type { Metrics } from './metrics.ts'

/** Opens GitHub as the App of the settings, and the use cases on it. */
export function openHost(
  _settings: Settings,
  _metrics: Metrics,
  _log: Log,
): { readonly host: Host; readonly useCases: UseCases } {
  throw new Refusal({ code: 'no-host', message: 'This build cannot reach GitHub.' })
}
