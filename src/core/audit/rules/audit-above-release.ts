import { renderTemplate } from '../../catalogue/jinja/render-template.ts'
import { printedScalar } from '../../catalogue/jinja/value.ts'
import { clusterSetting } from '../../inventory/read-settings.ts'
import { bareVersion, minorNumber } from '../../model/release-tag.ts'
import { computed, type Audited } from '../audited.ts'
import type { Found } from '../finding.ts'

/** A Kubernetes that an inventory sets above the minor that the release was made for: it is listed there, and not tested. */
export function auditAboveRelease(source: Audited): readonly Found[] {
  const setting = source.settings && clusterSetting(source.settings, 'kube_version')
  const now = versionOr(source.variables.value('kube_version', {}))
  const own = (source.definitions.get('kube_version') ?? []).filter(({ path }) => path !== setting?.at.file)
  const written = own.at(-1)?.value
  if (!setting || now === undefined || written === undefined) return []
  const madeFor = versionOr(
    typeof written === 'string'
      ? computed(source, 'kube_version of the release', (scope) => renderTemplate(written, scope))
      : written,
  )
  if (madeFor === undefined || minorNumber(now) <= minorNumber(madeFor)) return []
  return [
    {
      code: 'kubernetes-above-release',
      severity: 'warning',
      file: setting.at.file,
      line: setting.at.line,
      subject: 'kube_version',
      architectures: [],
      facts: { kind: 'above-release', kubernetes: bareVersion(now), madeFor: bareVersion(madeFor) },
    },
  ]
}

function versionOr(value: Parameters<typeof printedScalar>[0]): string | undefined {
  const text = printedScalar(value)
  return text !== undefined && /^v?1\.\d+/.test(text) ? text : undefined
}
