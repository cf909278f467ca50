/** Where a file stands in its role: `roles/network_plugin/flannel/templates/x.j2` is a template of `network_plugin/flannel`. */
interface RolePath {
  readonly role: string
  readonly part: 'tasks' | 'templates' | 'handlers' | 'defaults' | 'vars' | 'meta'
}

const ROLE_PATH = /^roles\/(?<role>.+?)\/(?<part>tasks|templates|handlers|defaults|vars|meta)\//

/** Reads a path; tests of roles and files that are copied as they are belong to no part. */
export function readRolePath(path: string): RolePath | undefined {
  const groups = ROLE_PATH.exec(path)?.groups
  if (!groups || /\/(?:molecule|files|tests)\//.test(path)) return undefined
  return { role: groups['role'] as string, part: groups['part'] as RolePath['part'] }
}
