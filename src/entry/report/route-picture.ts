import type { RouteFacts } from '../../core/explain/pull-request-facts.ts'
import { whereSentence } from '../../core/explain/sections/render-route-picture.ts'
import { bareVersion } from '../../core/model/release-tag.ts'
import { escapeHtml, inlineHtml } from './escape-html.ts'

/** Of one stop on the way: its name, its Kubernetes, and whether it is behind, here or ahead. */
interface Stop {
  readonly release: string
  readonly kubernetes: string
  readonly state: 'done' | 'now' | 'ahead'
}

const WIDTH = 320
const ROW = 44

/** The whole way as a picture, from top to bottom, so that it fits a telephone. */
export function routePicture(route: RouteFacts | undefined): string {
  if (!route || route.steps.length === 0) return ''
  const stops = stopsOf(route)
  const height = stops.length * ROW + 8
  const shapes = stops.map((stop, index) => stopShape(stop, index * ROW + 26))
  const line = `<line class="way" x1="20" y1="26" x2="20" y2="${(stops.length - 1) * ROW + 26}"/>`
  const label = `From ${stops[0]?.release ?? ''} to ${stops.at(-1)?.release ?? ''}`
  return `<h2>Where it stands</h2>
<p>${inlineHtml(whereSentence(route))}</p>
<svg class="route" role="img" aria-label="${escapeHtml(label)}" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">
${line}
${shapes.join('\n')}
</svg>`
}

function stopsOf({ steps, at }: RouteFacts): readonly Stop[] {
  const [first] = steps
  if (!first) return []
  const start: Stop = {
    release: first.kubespray.from,
    kubernetes: bareVersion(first.kubernetes.from),
    state: 'done',
  }
  return [
    start,
    ...steps.map(({ kubespray, kubernetes }, index): Stop => {
      const state = index < at ? 'done' : 'ahead'
      return {
        release: kubespray.to,
        kubernetes: bareVersion(kubernetes.to),
        state: index === at ? 'now' : state,
      }
    }),
  ]
}

function stopShape({ release, kubernetes, state }: Stop, y: number): string {
  return `<g class="stop ${state}"><circle cx="20" cy="${y}" r="${state === 'now' ? 9 : 6}"/><text x="42" y="${y + 5}"><tspan class="release">${escapeHtml(release)}</tspan><tspan class="kubernetes" dx="10">Kubernetes ${escapeHtml(kubernetes)}</tspan></text></g>`
}
