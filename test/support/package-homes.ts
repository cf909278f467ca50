/** Packages with one home each: swapping one is then one folder's work. */
export const HOMES: Readonly<Record<string, readonly string[]>> = {
  yaml: ['core/yaml'],
  diff: ['core/text', 'entry'],
  semver: ['core/model'],
  'ipaddr.js': ['core/catalogue', 'adapters/registry'],
  zod: ['core/config', 'core/advice', 'entry'],
  'mdast-util-from-markdown': ['core/commands', 'core/advice'],
  '@octokit/rest': ['adapters/github', 'entry'],
  probot: ['adapters/github', 'entry'],
  bullmq: ['adapters/queue'],
  ioredis: ['adapters/queue', 'adapters/cache', 'entry'],
  'prom-client': ['entry'],
  commander: ['entry'],
}
