import { addTo, grouped } from '../model/collections/grouped.ts'
import { defined } from '../model/defined.ts'
import { ARCHITECTURES, type Architecture } from '../model/architecture.ts'
import type { PlainValue } from '../yaml/values/plain-value.ts'
import type { Fault, FaultKind, SharedChecksum } from './catalogue.ts'
import type { Definitions } from './definitions.ts'
import {
  checksumVariable,
  downloadEntries,
  entryKey,
  renderEntry,
  type Rendered,
} from './download-entries.ts'
import type { Missing } from './jinja/value.ts'
import type { Input, Inputs, Variables } from './variables-of.ts'
import { sharedChecksums, type SharedChecksums } from './shared-checksums.ts'

/** What may be asked of a release. */
interface Questions {
  readonly kubernetes: readonly string[]
  readonly containerManagers: readonly string[]
  readonly networkPlugins: readonly string[]
}

/**
 * Everything that cannot be had: each entry of `downloads` is rendered for every architecture, Kubernetes
 * version, container manager and network plugin that it depends on, and only for those.
 */
export function faultsOf(
  definitions: Definitions,
  variables: Variables,
  questions: Questions,
): readonly Fault[] {
  return [...downloadEntries(definitions)].flatMap((entry) =>
    faultsOfEntry({
      entry,
      variables,
      questions,
      checksums: checksumVariable(entry, definitions),
      shared: sharedChecksums(entry, definitions, variables),
    }),
  )
}

interface Question {
  /** Where the entry's checksum comes from. */
  readonly checksums: string | undefined
  readonly entry: readonly [string, PlainValue]
  readonly variables: Variables
  readonly questions: Questions
  readonly shared: SharedChecksums
}

interface Answer {
  readonly inputs: Inputs
  readonly rendered: Rendered
  /** Present where another architecture has the same checksum for another file. */
  readonly shared: SharedChecksum | undefined
}

function faultsOfEntry(question: Question): readonly Fault[] {
  const answers = answersTo(question)
  const { questions } = question
  const groups = new Map<string, Answer[]>()
  for (const answer of answers) {
    const { missing, zero } = answer.rendered
    if (!missing && !zero && !answer.shared) continue
    const key = `${answer.inputs.architecture}\0${subjectOf(answer)}`
    addTo(groups, key, answer)
  }
  return [...groups.values()].flatMap((group) =>
    byKubernetes(group, questions).map((each) => faultOf(question, each)),
  )
}

/** Asks for the product of the inputs the entry depends on; asking may show that it depends on more. */
function answersTo({ entry, variables, questions, shared }: Question): readonly Answer[] {
  const name = entryKey(entry[0])
  renderEntry(variables, entry, {})
  for (;;) {
    const depends = variables.dependsOn(name)
    const answers = product(questions, depends).map((inputs) => {
      const rendered = renderEntry(variables, entry, inputs)
      const isFile = rendered.file && !rendered.missing && !rendered.zero
      return { inputs, rendered, shared: isFile ? shared.on(inputs) : undefined }
    })
    if (variables.dependsOn(name).size === depends.size) return answers
  }
}

function product(questions: Questions, depends: ReadonlySet<Input>): readonly Inputs[] {
  let inputs: Inputs[] = ARCHITECTURES.map((architecture) => ({ architecture }))
  const spread = (input: Input, values: readonly string[]): void => {
    if (depends.has(input))
      inputs = inputs.flatMap((each) => values.map((value) => ({ ...each, [input]: value })))
  }
  spread('kube_version', questions.kubernetes)
  spread('container_manager', questions.containerManagers)
  spread('kube_network_plugin', questions.networkPlugins)
  return inputs
}

interface Group {
  readonly answers: readonly Answer[]
  readonly kubernetes: readonly string[] | undefined
}

/** Brings together the versions that share all their circumstances. */
function byKubernetes(answers: readonly Answer[], questions: Questions): readonly Group[] {
  const first = answers[0]?.inputs
  if (first?.kube_version === undefined) return [{ answers, kubernetes: undefined }]
  const versions = grouped(answers, ({ inputs }) => inputs.kube_version as string)
  const groups = new Map<string, { answers: Answer[]; kubernetes: string[] }>()
  for (const [version, each] of versions) {
    const key = each.map(({ inputs, rendered }) => circumstances(inputs, rendered)).join('\n')
    const group = groups.get(key) ?? { answers: each, kubernetes: [] }
    group.kubernetes.push(version)
    groups.set(key, group)
  }
  return [...groups.values()].map((group) => ({
    answers: group.answers,
    kubernetes: group.kubernetes.length === questions.kubernetes.length ? undefined : group.kubernetes,
  }))
}

function circumstances(inputs: Inputs, rendered: Rendered): string {
  return [inputs.container_manager, inputs.kube_network_plugin, rendered.enabled].join('\0')
}

/**
 * A checksum map that lacks ten versions is one fault; a map per Kubernetes minor that lacks two minors is
 * two.
 */
function subjectOf({ rendered: { missing }, shared }: Answer): string {
  if (shared) return `shared ${shared.digest}`
  if (!missing) return '0'
  return faultKindOf(missing) === 'no-checksum' ? (missing.variable as string) : missing.what
}

function faultOf({ entry, questions, checksums }: Question, { answers, kubernetes }: Group): Fault {
  const { inputs, rendered, shared } = answers[0] as Answer
  const stopsAll = rendered.missing !== undefined
  const enabled = answers.filter((answer) => answer.rendered.enabled)
  const inTheWay = stopsAll ? answers : enabled
  const plugins = networkPlugins(enabled)
  return {
    component: entry[0],
    kind: shared ? 'shared-checksum' : faultKindOf(rendered.missing),
    architecture: inputs.architecture as Architecture,
    ...defined({ kubernetes }),
    containerManagers: containerManagers(inTheWay, questions),
    enabledWith: containerManagers(enabled, questions),
    ...defined({ networkPlugins: plugins }),
    stopsAll,
    missing: missingOf(answers, kubernetes) ?? `${checksums ?? entry[0]}['${inputs.architecture ?? ''}']`,
    ...defined({ shared }),
  }
}

function missingOf(
  answers: readonly Answer[],
  kubernetes: readonly string[] | undefined,
): string | undefined {
  const what = answers[0]?.rendered.missing?.what
  return (kubernetes?.length ?? 0) > 1 ? what?.replace(`['${kubernetes?.[0] ?? ''}']`, '') : what
}

function containerManagers(answers: readonly Answer[], { containerManagers }: Questions): readonly string[] {
  if (answers.some(({ inputs }) => inputs.container_manager === undefined)) return containerManagers
  return containerManagers.filter((each) => answers.some(({ inputs }) => inputs.container_manager === each))
}

function networkPlugins(answers: readonly Answer[]): readonly string[] | undefined {
  const plugins = answers.map(({ inputs }) => inputs.kube_network_plugin)
  if (plugins.length === 0 || plugins.includes(undefined)) return undefined
  return [...new Set(plugins as string[])]
}

/** What kind of thing was looked up in vain; nothing, where a checksum is there and says that there is no build. */
export function faultKindOf(missing: Missing | undefined): FaultKind {
  if (!missing) return 'zero-checksum'
  if (/_supported_versions$/.test(missing.variable ?? '')) return 'no-minor'
  return /_checksums?$/.test(missing.variable ?? '') ? 'no-checksum' : 'unrenderable'
}
