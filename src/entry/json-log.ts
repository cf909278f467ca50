import type { Log } from '../ports/ambient.ts'

/** One JSON object a line, for whatever collects logs: `time`, `level`, `message`, and what belongs to it. */
export function jsonLog(write: (line: string) => void = (line) => process.stdout.write(line)): Log {
  const line = (level: 'info' | 'error') => (message: string, fields?: Readonly<Record<string, unknown>>) =>
    write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`)
  return { info: line('info'), error: line('error') }
}
