import type { Log } from '../../ports/clock.ts'
import { jsonText } from '../print/say.ts'

/** One JSON object a line, for whatever collects logs: `time`, `level`, `message`, and what belongs to it. */
export function jsonLog(write: (line: string) => void = (line) => process.stdout.write(line)): Log {
  const line = (level: 'info' | 'error') => (message: string, fields?: Readonly<Record<string, unknown>>) => {
    const own = { time: new Date().toISOString(), level, message }
    write(`${asJson({ ...own, ...beside(own, fields) })}\n`)
  }
  return { info: line('info'), error: line('error') }
}

/** A field of the same name as one of the line's own gets another, so that neither is lost. */
function beside(own: object, fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [Object.hasOwn(own, name) ? `field_${name}` : name, value]),
  )
}

/** What JSON cannot say must not cost the line. */
function asJson(line: Readonly<Record<string, unknown>>): string {
  try {
    return jsonText(line)
  } catch {
    return jsonText(Object.fromEntries(Object.entries(line).map(([name, value]) => [name, String(value)])))
  }
}
