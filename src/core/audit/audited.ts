import { oncePer } from '../model/collections/once-per.ts'
import { definitionsIn, winning, type DefinitionOf, type Definitions } from '../catalogue/definitions.ts'
import type { Scope } from '../catalogue/jinja/render-template.ts'
import { UnknownForm } from '../catalogue/jinja/tokens-of.ts'
import { MissingUsed, printed } from '../catalogue/jinja/value.ts'
import { releaseFiles, type ReleaseFiles } from '../catalogue/release-files.ts'
import { renderedDeep, variablesOf, type Variables } from '../catalogue/variables-of.ts'
import { isUnknownHere } from '../inventory/nature-of.ts'
import { clusterSetting, type InventorySettings } from '../inventory/read-settings.ts'
import type { Architecture } from '../model/architecture.ts'
import type { Oid } from '../model/oid.ts'
import type { Tree } from '../model/tree.ts'
import type { PlainValue } from '../yaml/values/plain-value.ts'
import { readDocument, type FileValues } from '../yaml/values/read-values.ts'
import { isTagged, isYamlMap, type YamlValue } from '../yaml/values/yaml-value.ts'

export interface TreeToAudit {
  readonly tree: Tree
  /** At least those that `blobsForAudit` names. */
  readonly blobs: ReadonlyMap<Oid, Uint8Array>
  /** What files were found to say, by blob; handed in again where the same files are read once more. */
  readonly read?: Map<Oid, FileValues>
  /** Playbooks and tasks likewise. */
  readonly documents?: Map<Oid, PlainValue>
}

export interface ClusterToAudit {
  readonly architectures: readonly Architecture[]
  /** What the inventory sets; without it the release's defaults count. */
  readonly settings?: InventorySettings
  /** Files of other inventories: they are judged with these, and are no files beside this one. */
  readonly others?: ReadonlySet<string>
  /** The Kubernetes that is to run, whatever an inventory says now. */
  readonly kubernetes?: string
}

/** A tree as one cluster would run it: the release's variables with the inventory's on top. */
export interface Audited {
  readonly tree: Tree
  readonly files: ReleaseFiles
  readonly architectures: readonly Architecture[]
  readonly settings: InventorySettings | undefined
  /** Files of other inventories. */
  readonly others: ReadonlySet<string>
  /** What the tree itself defines; an inventory's values come last, except over a role's constants. */
  readonly definitions: Definitions
  readonly variables: Variables
  /** Any file of the tree as text; `undefined` where its blob was not asked for. */
  text(path: string): string | undefined
  /** What a file of YAML says, read once; `undefined` where there is none. */
  document(path: string): PlainValue
}

/** Puts a tree and an inventory together. */
export function audited(
  { tree, blobs, read, documents = new Map() }: TreeToAudit,
  cluster: ClusterToAudit,
): Audited {
  const files = releaseFiles(tree, blobs, read)
  const roles = definitionsIn(files, files.layout.roleVariables)
  const shared = definitionsIn(files, files.layout.sharedVariables)
  const set = withSettings(new Map([...roles, ...shared]), cluster.settings)
  const definitions = cluster.kubernetes === undefined ? set : withKubernetes(set, cluster.kubernetes)
  const text = (path: string): string | undefined => {
    const bytes = blobs.get(tree.get(path)?.oid as Oid)
    return bytes && textOf(bytes)
  }
  const document = (path: string): PlainValue => {
    const oid = tree.get(path)?.oid
    if (oid === undefined) return undefined
    if (!documents.has(oid)) documents.set(oid, readDocument(text(path) ?? ''))
    return documents.get(oid)
  }
  return {
    tree,
    files,
    architectures: cluster.architectures,
    settings: cluster.settings,
    others: cluster.others ?? new Set(),
    definitions,
    variables: variablesOf(definitions),
    text,
    document,
  }
}

const decoder = new TextDecoder()

/** Each rule looks through all files, and so does each weighing of a fix. */
const textOf = oncePer((bytes: Uint8Array): string => decoder.decode(bytes))

/** A template as it comes out on a node of an architecture; `undefined` where it cannot be worked out. */
export function renderedOn(
  { variables }: Audited,
  template: { readonly name: string; readonly value: PlainValue },
  architecture: Architecture,
): string | undefined {
  return variables.compute(`audit.${template.name}`, { architecture }, (scope) => {
    const value = attempt(() => renderedDeep(template.value, scope))
    return value === undefined ? undefined : printed(value)
  })
}

/** Works something out with the variables; what is missing or written in a form we do not read is `undefined`. */
export function computed<T>({ variables }: Audited, name: string, work: (scope: Scope) => T): T | undefined {
  return variables.compute(`audit.${name}`, {}, (scope) => attempt(() => work(scope)))
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof MissingUsed || error instanceof UnknownForm) return undefined
    throw error
  }
}

function withSettings(definitions: Definitions, settings: InventorySettings | undefined): Definitions {
  if (!settings) return definitions
  const merged = new Map<string, readonly DefinitionOf[]>(definitions)
  for (const name of new Set(settings.settings.map((each) => each.name))) {
    const setting = clusterSetting(settings, name)
    if (!setting || isUnknownHere(setting)) continue
    const own = { name, path: setting.at.file, line: setting.at.line, value: plainOf(setting.value) }
    const known = definitions.get(name) ?? []
    // A role's constants (`vars/`) outrank whatever an inventory says.
    merged.set(name, winning(definitions, name)?.path.includes('/vars/') ? [own, ...known] : [...known, own])
  }
  return merged
}

function withKubernetes(definitions: Definitions, version: string): Definitions {
  const known = winning(definitions, 'kube_version')
  const own = { name: 'kube_version', path: known?.path ?? '', line: known?.line ?? 1, value: version }
  return new Map([...definitions, ['kube_version', [own]]])
}

export function plainOf(value: YamlValue): PlainValue {
  if (value === null) return undefined
  if (isTagged(value)) return plainOf(value.value)
  if (isYamlMap(value)) return new Map([...value].map(([key, each]) => [key, plainOf(each)]))
  if (Array.isArray(value)) return (value as readonly YamlValue[]).map(plainOf)
  return value as Exclude<typeof value, readonly YamlValue[]>
}
