/**
 * Whether git would take this as the name of a branch (`git check-ref-format --branch`), spelled without `refs/heads/`. A name that
 * begins with `refs/` is meant as a whole ref by whoever writes it, and would become `refs/heads/refs/…`.
 */
export function isBranchName(name: string): boolean {
  if (name === '' || name === 'HEAD' || name === '@' || name.startsWith('-') || name.startsWith('refs/'))
    return false
  if (/[\0-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|^\/|[/.]$/.test(name)) return false
  return name.split('/').every((part) => !part.startsWith('.') && !part.endsWith('.lock'))
}
