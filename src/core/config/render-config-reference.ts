import { rootKey, type KeySchema } from './keys-at.ts'

/** Renders `docs/configuration.md` from the schema; a test holds the page against it. */
export function renderConfigReference(): string {
  const keys = Object.entries(rootKey().properties ?? {})
  return [HEAD, ...keys.map(([name, key]) => renderKey(name, key)), FOOT].join('\n')
}

const HEAD = `# Configuration

<!-- Written from src/core/config/config-schema.ts by \`npm run docs\`; edit there. -->

The App and the CLI read \`.github/multiarch.yml\` from the default branch. Where that holds nothing of yours and the CLI
takes another branch, it reads the file there. The file is optional and so is every key in it. With all defaults written out it reads:

\`\`\`yaml
upstream: kubernetes-sigs/kubespray
# branch: main                        # left out: the default branch, or the one that holds commits of your own
# layout: submodule:kubespray         # left out: what everything that is found agrees on
# base: v2.28.0                       # left out: what the repository says
# architectures: [amd64, arm64]       # left out: read from your inventories and patches
# inventories: [inventory/mycluster]  # left out: looked for
# clusters: { prod: { folder: prod } } # left out: all are run from one Kubespray
follow: latest
minimum-age: 0
kubernetes: { follow: step }
addons: {}
advance: on-merge
patches: { author: keep, drop-upstreamed: propose }
commits: { sign-off: false }
pull-requests: { labels: [multiarch], reviewers: [], assignees: [], schedule: [], time-zone: UTC, max-open: 2 }
\`\`\`

Unknown keys are refused, with the nearest known one. A file with a problem stops every upgrade until it is fixed, and never in silence: the
check on the commit that broke it and the dashboard issue both say what is wrong, at the line. \`multiarch config check\` says the same on your
machine, and \`multiarch config schema\` prints the JSON schema for your editor.

The file is YAML 1.2, other than what Ansible reads: \`no\` is text there, and no boolean. A key with nothing behind it counts as left out. Versions are text: write \`max: "1.30"\` in quotes, since without them YAML reads the number 1.3.
`

const FOOT = `## An editor that knows the keys

Editors with the YAML language server read the schema from a comment on the first line:

\`\`\`yaml
# yaml-language-server: $schema=multiarch.schema.json
\`\`\`

with \`multiarch config schema > .github/multiarch.schema.json\` beside it.
`

function renderKey(name: string, key: KeySchema): string {
  const each = key.additionalProperties || {}
  const [inner, place] = each.properties
    ? [Object.entries(each.properties), `${name}.NAME`]
    : [Object.entries(key.properties ?? {}), name]
  if (inner.length === 0) return `## \`${name}\`\n\n${key.description}\n\n${facts(key)}\n`
  const rows = inner.map(
    ([each, schema]) => `### \`${place}.${each}\`\n\n${schema.description}\n\n${facts(schema)}\n`,
  )
  return `## \`${name}\`\n\n${key.description}\n\n${rows.join('\n')}`
}

function facts(key: KeySchema): string {
  return [
    `- Value: ${valueOf(key)}`,
    `- Default: ${key.default === undefined ? 'none' : code(key.default)}`,
  ].join('\n')
}

function valueOf(key: KeySchema): string {
  if (key.enum) return key.enum.map(code).join(' · ')
  if (key.type === 'array') return `a list of ${key.items?.enum ? valueOf(key.items) : 'texts'}`
  if (key.properties) return `a mapping with ${Object.keys(key.properties).map(code).join(' and ')}`
  if (key.type === 'object' && key.additionalProperties)
    return `a mapping from name to ${valueOf(key.additionalProperties)}`
  if (key.type === 'boolean') return '`true` · `false`'
  if (key.type === 'integer') return `a whole number from ${key.minimum} to ${key.maximum}`
  return 'text'
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``
}
