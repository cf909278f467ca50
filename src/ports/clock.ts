/** Milliseconds since 1970; tests hand in their own. */
export interface Clock {
  now(): number
}

/** A log line: a fixed sentence, and what belongs to it. Never payloads or secrets. */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void
  error(message: string, fields?: Readonly<Record<string, unknown>>): void
}
