/**
 * A text of ours with a prefix before its first line. Behind a colon it begins small, as Conventional Commits have it; one that has the
 * prefix already keeps it.
 */
export function withPrefix(text: string, prefix: string | undefined): string {
  if (prefix === undefined || text.startsWith(`${prefix} `)) return text
  // A name in capitals is a name.
  const isWord = /^[A-Z][a-z]/.test(text)
  return `${prefix} ${prefix.endsWith(':') && isWord ? text.charAt(0).toLowerCase() + text.slice(1) : text}`
}
