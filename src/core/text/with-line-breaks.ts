/**
 * A text in which a carriage return by itself is the end of a line, as YAML and PyYAML have it: left behind at the end of a file it would be
 * a sign of the value. Every offset stays.
 */
export function withLineBreaks(text: string): string {
  return text.replace(/\r(?!\n)/g, '\n')
}
