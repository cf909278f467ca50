import { defined } from '../../model/defined.ts'
import type { Found, GoneFacts } from '../finding.ts'
import type { GoneFromKubernetes } from '../known/gone-from-kubernetes.ts'

interface Asked {
  readonly what: GoneFacts['what']
  readonly minor: number
  readonly kind?: string
  readonly variable?: string
  readonly setting?: { readonly file: string; readonly line: number }
  readonly by?: { readonly file: string; readonly line: number }
  readonly file: string | undefined
  readonly line: number | undefined
  readonly severity?: Found['severity']
}

/** What is gone, as a finding at the setting or the file that asks for it. */
export function foundGone(
  { name, since, instead, references }: GoneFromKubernetes,
  { what, minor, kind, variable, setting, by, file = '', line = 1, severity = 'error' }: Asked,
): Found {
  const place = setting ?? { file, line }
  return {
    code: 'gone-from-kubernetes',
    severity,
    file: place.file,
    line: place.line,
    subject: variable ?? name,
    architectures: [],
    facts: {
      kind: 'gone-from-kubernetes',
      what,
      name: kind === undefined ? name : `${name} ${kind}`,
      since,
      minor,
      references,
      ...defined({ instead, variable, by }),
    },
  }
}
