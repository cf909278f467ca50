import { indentOf } from '../../text/indent-of.ts'
import { minorNumber } from '../../model/release-tag.ts'
import { printedScalar } from '../../catalogue/jinja/value.ts'
import type { Architecture } from '../../model/architecture.ts'
import type { Audited } from '../audited.ts'
import { enabledContainers, usersOf } from '../container.ts'
import { documentAround } from '../document-around.ts'
import { imageOf } from '../download-state.ts'
import { enabledRoles } from '../enabled-roles.ts'
import { buildsOf } from '../known/builds-of.ts'
import { auditImages, staysWhereItRuns } from '../rules/audit-images.ts'
import { Draft, type Recipe, type RecipeJob, type RecipeResult } from './recipe.ts'

/**
 * Ties the pods of a Deployment to the one architecture of the cluster that its image is for. A DaemonSet is left: its other nodes would
 * go without, which is no better.
 */
export const nodeSelector: Recipe = {
  name: 'node-selector',
  title: 'Run pods where there is an image for them',
  intent:
    'Images of single architectures were run by Deployments on whichever node they landed on. A node selector keeps them where the image can run.',
  look: (source) => auditImages(source, enabledRoles(source)),
  apply: (job) => edit(job),
}

function edit({ source, findings }: RecipeJob): RecipeResult {
  const draft = new Draft((path) => source.text(path))
  const roles = enabledRoles(source)
  const wanted = new Set(findings.map(({ subject }) => subject))
  for (const container of enabledContainers(source)) {
    if (!wanted.has(container.name)) continue
    const has = buildsOf(imageOf(container, source, 'amd64') ?? '')?.builds?.has ?? []
    const architecture = source.architectures.find((each) => has.includes(each))
    if (!architecture) continue
    const label = labelAt(source)
    for (const user of usersOf(container, source, roles))
      if (!staysWhereItRuns(user, has, source))
        draft.change(user.path, (lines) => tied(lines, user.line - 1, { label, architecture }))
  }
  return { texts: draft.changed(), notes: [] }
}

/** The label is `beta.` until Kubernetes 1.13. */
function labelAt({ variables }: Audited): string {
  const version = printedScalar(variables.value('kube_version', {})) ?? ''
  const isBeta = /^v?1\.\d+/.test(version) && minorNumber(version) < 14
  return isBeta ? 'beta.kubernetes.io/arch' : 'kubernetes.io/arch'
}

interface Tie {
  readonly label: string
  readonly architecture: Architecture
}

/** A line in the selector of the pods, or a selector of their own. One that the template makes in some other way is left. */
function tied(lines: readonly string[], image: number, { label, architecture }: Tie): readonly string[] {
  const { start, lines: own } = documentAround(lines, image)
  const template = own.findIndex((line) => /^\s+template:\s*$/.test(line))
  const spec = own.findIndex((line, at) => at > template && /^\s+spec:\s*$/.test(line))
  if (template < 0 || spec < 0 || spec > image - start) return lines
  const pad = ' '.repeat(indentOf(own[spec] ?? '') + 2)
  const end = own.findIndex(
    (line, at) => at > spec && line.trim() !== '' && !/^\s*[{#]/.test(line) && indentOf(line) < pad.length,
  )
  const selector = own.findIndex(
    (line, at) => at > spec && (end < 0 || at < end) && line.startsWith(`${pad}nodeSelector:`),
  )
  const row = `${pad}  ${label}: ${architecture}`
  if (selector >= 0 && !/^\s*nodeSelector:\s*$/.test(own[selector] ?? '')) return lines
  return selector >= 0
    ? inserted(lines, start + selector + 1, [row])
    : inserted(lines, start + spec + 1, [`${pad}nodeSelector:`, row])
}

function inserted(lines: readonly string[], at: number, added: readonly string[]): readonly string[] {
  return [...lines.slice(0, at), ...added, ...lines.slice(at)]
}
