import type { Oid } from '../model/oid.ts'
import type { ReleaseTag } from '../model/release-tag.ts'
import type { Catalogue } from './catalogue.ts'

/** What `multiarch release --json` prints; `schema` counts up when a field changes its meaning. */
export interface ReleaseReport {
  readonly schema: 1
  readonly tag: ReleaseTag
  readonly commit: Oid
  readonly kubernetes: Pick<Catalogue['kubernetes'], 'default' | 'minimum' | 'versions'>
  readonly components: Readonly<
    Record<string, Pick<Catalogue['components'][string], 'version' | 'architectures' | 'enabled'>>
  >
  /** `true` and `false` where the default is one; the expression where it is one. */
  readonly addons: Readonly<Record<string, { readonly default: boolean | string | undefined }>>
  readonly networkPlugins: readonly string[]
  readonly architectureNames: Readonly<Record<string, string>>
  readonly paths: Pick<Catalogue['paths'], 'checksums' | 'downloads'>
  readonly ansible: Pick<Catalogue['ansible'], 'min' | 'maxExclusive' | 'python'>
  readonly containerManager: string | undefined
  readonly faults: Catalogue['faults']
  readonly guards: Catalogue['guards']
}

/** A catalogue as the report of one release. */
export function releaseReport(tag: ReleaseTag, commit: Oid, catalogue: Catalogue): ReleaseReport {
  const { kubernetes, components, addons, ansible, paths } = catalogue
  return {
    schema: 1,
    tag,
    commit,
    kubernetes: { default: kubernetes.default, minimum: kubernetes.minimum, versions: kubernetes.versions },
    components: mapValues(components, ({ version, architectures, enabled }) => ({
      version,
      architectures,
      enabled,
    })),
    addons: mapValues(addons, (addon) => ({ default: asBoolean(addon.default) })),
    networkPlugins: catalogue.networkPlugins.allowed,
    architectureNames: Object.assign(
      {},
      ...catalogue.architectureGroups.map(({ mapping }) => mapping),
    ) as Record<string, string>,
    paths: { checksums: paths.checksums, downloads: paths.downloads },
    ansible: { min: ansible.min, maxExclusive: ansible.maxExclusive, python: ansible.python },
    containerManager: catalogue.containerManager.default,
    faults: catalogue.faults,
    guards: catalogue.guards,
  }
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}

function asBoolean(text: string | undefined): boolean | string | undefined {
  if (text === undefined || !/^(?:true|false)$/i.test(text)) return text
  return text.toLowerCase() === 'true'
}
