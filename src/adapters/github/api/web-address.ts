/**
 * Where a forge is read by people, from where it is asked by programs: `https://api.github.com` → `https://github.com`, a tenant's
 * `https://api.<name>.ghe.com` → `https://<name>.ghe.com`, Enterprise Server's `https://<host>/api/v3` → `https://<host>`.
 */
export function webAddress(apiUrl: string): string {
  const { protocol, host } = new URL(apiUrl)
  return `${protocol}//${host.replace(/^api\.(?=github\.com$|[^.]+\.ghe\.com$)/, '')}`
}
