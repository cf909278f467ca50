import type { Log } from '../../ports/clock.ts'

/**
 * Node prints warnings by itself, and some quote what was read: a package that reads YAML does. In a log of ours they are lines
 * like all others, and what they quote cannot act on a terminal.
 */
export function logWarnings(log: Log): void {
  process.removeAllListeners('warning')
  process.on('warning', ({ name, message }) => log.info('warning', { name, said: message.slice(0, 1000) }))
}
