import { bareVersion } from '../../model/release-tag.ts'
import { paragraph, type Block } from '../blocks/block.ts'
import { bold, code, joined, link, say, type Inline, type Text } from '../blocks/text.ts'
import { upstreamCompare, upstreamRelease } from '../linked-reference.ts'
import { short } from '../../model/oid.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'
import { APPLY_PLACE } from './render-apply.ts'

/** From where to where, and where to read on, in one line. */
export function renderWay(facts: PullRequestFacts): readonly Block[] {
  const parts = [kubespray(facts), kubernetes(facts), ...reading(facts)]
  return [
    paragraph(
      joined(
        parts.filter((text) => text.length > 0),
        ' · ',
      ),
    ),
  ]
}

/** `v2.10.0` → **`v2.11.0`** → … 3 more, to `v2.14.2`. */
function kubespray({ kind, branch, cluster, release, carry, step, route }: PullRequestFacts): Text {
  const whose = cluster === undefined ? '' : say`${code(cluster)} on `
  const on = say`${whose}${code(branch)}: Kubespray`
  if (kind !== 'kubespray') return say`${on} ${code(release)}`
  const to = bold`${code(release)}`
  const start = carry && !carry.base.exact ? say`${code(short(carry.base.commit))}, after ` : ''
  const from = carry?.base.release ?? step?.kubespray.from
  const before = from === undefined || from === release ? '' : say`${start}${code(from)} → `
  return say`${on} ${before}${to}${ahead(route)}`
}

/** Releases behind this step. */
function ahead(route: PullRequestFacts['route']): Text {
  if (!route) return []
  const now = route.steps[route.at]?.kubespray.to
  const rest = [...new Set(route.steps.slice(route.at + 1).map(({ kubespray: { to } }) => to))].filter(
    (each) => each !== now,
  )
  const [next, ...more] = rest
  const end = more.at(-1)
  if (next === undefined) return []
  const between = more.length - 1
  const dots = between > 0 ? ` → … ${between} more` : ''
  return say` → ${code(next)}${dots}${end === undefined ? '' : say` → ${code(end)}`}`
}

function kubernetes({ step }: PullRequestFacts): Text {
  if (!step) return []
  const [from, to] = [bareVersion(step.kubernetes.from), bareVersion(step.kubernetes.to)]
  return from === to
    ? say`Kubernetes stays ${code(to)}`
    : say`Kubernetes ${code(from)} → ${bold`${code(to)}`}`
}

function reading({ kind, release, carry, step }: PullRequestFacts): readonly Text[] {
  const to = step && bareVersion(step.kubernetes.to)
  const moves = step && bareVersion(step.kubernetes.from) !== to
  const from = carry?.base.exact ? carry.base.release : carry?.base.commit
  const links: readonly (Inline | undefined)[] = [
    kind === 'kubespray' ? link(upstreamRelease(release), 'release notes') : undefined,
    kind === 'kubespray' && from !== undefined
      ? link(upstreamCompare(from, release), 'upstream’s changes')
      : undefined,
    moves && to !== undefined
      ? link(
          `https://redirect.github.com/kubernetes/kubernetes/releases/tag/v${to}`,
          `notes of Kubernetes ${to}`,
        )
      : undefined,
    link(`#${APPLY_PLACE}`, 'how to apply it and go back'),
  ]
  return links.filter((each) => each !== undefined).map((each) => [each])
}
