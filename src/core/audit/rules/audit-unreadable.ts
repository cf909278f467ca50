import { unreadableIn } from '../../inventory/unreadable-in.ts'
import type { Audited } from '../audited.ts'
import type { Finding } from '../finding.ts'

/** Files of the inventory that nobody can read: whatever else is said of it is said without them. */
export function auditUnreadable({ settings }: Audited): readonly Finding[] {
  return unreadableIn(settings?.problems ?? []).flatMap(({ message, at }) =>
    at
      ? [
          {
            code: 'inventory-unreadable' as const,
            severity: 'error' as const,
            file: at.file,
            line: at.line,
            subject: at.file,
            message,
            architectures: [],
          },
        ]
      : [],
  )
}
