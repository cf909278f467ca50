import { winning } from '../../catalogue/definitions.ts'
import { printed } from '../../catalogue/jinja/value.ts'
import { readArchitecture } from '../../model/architecture.ts'
import { enumerated } from '../../text/enumerated.ts'
import type { Audited } from '../audited.ts'
import type { Finding } from '../finding.ts'

/** Everything is downloaded once and pushed to all, whatever they are; true in all releases to v2.31 (`download_file.yml`). */
export function auditDownloadCache(source: Audited): readonly Finding[] {
  if (source.architectures.length < 2) return []
  return ['download_run_once', 'download_force_cache'].flatMap((name): readonly Finding[] => {
    const definition = winning(source.definitions, name)
    if (!definition || !/^(?:true|yes|on|1)$/i.test(printed(definition.value))) return []
    return [
      {
        code: 'download-cache-mix',
        severity: 'error',
        file: definition.path,
        line: definition.line,
        subject: name,
        architectures: source.architectures.filter((each) => each !== readArchitecture('amd64')),
        message: `\`${name}\` downloads everything once, for the architecture of the first node, and pushes it to all others. In a mix of ${enumerated(source.architectures)} it has to be off.`,
      },
    ]
  })
}
