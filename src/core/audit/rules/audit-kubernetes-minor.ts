import { isList, isMap, printed, printedScalar, type Value } from '../../catalogue/jinja/value.ts'
import { winning } from '../../catalogue/definitions.ts'
import { minorNumber } from '../../model/release-tag.ts'
import type { Audited } from '../audited.ts'
import type { Found, GoneFacts } from '../finding.ts'
import { foundGone } from './found-gone.ts'
import { isKnownTrue } from '../is-known-false.ts'
import {
  GONE_ADMISSION_PLUGINS,
  GONE_API_GROUPS,
  GONE_FEATURE_GATES,
  GONE_FLAGS,
  type GoneFromKubernetes,
} from '../known/gone-from-kubernetes.ts'
import { readRolePath } from '../read-role-path.ts'
import { roleTasks } from '../role-tasks.ts'
import { auditGoneApis } from './audit-gone-apis.ts'

/**
 * What the tree or the inventory asks of Kubernetes that its minor has no more. It is the minor of the cluster that counts, so a step of
 * Kubernetes inside one release is judged as a step of the release is.
 */
export function auditKubernetesMinor(source: Audited, roles: ReadonlySet<string>): readonly Found[] {
  const minor = minorOf(source)
  if (minor === undefined) return []
  return [
    ...inVariables(source, minor),
    ...inTasks(source, { roles, minor }),
    ...auditGoneApis(source, { roles, minor }),
  ]
}

/** The minor of the cluster's Kubernetes, where it is known. */
function minorOf({ variables }: Audited): number | undefined {
  const version = printedScalar(variables.value('kube_version', {})) ?? ''
  return /^v?1\.\d+/.test(version) ? minorNumber(version) : undefined
}

function isGone({ since }: GoneFromKubernetes, minor: number): boolean {
  return since <= minor
}

/** Variables whose values name what Kubernetes is asked for, by the forms of their names, and what stands in them. */
const ASKS: readonly {
  readonly variable: RegExp
  readonly what: GoneFacts['what']
  readonly gone: (variable: string) => readonly GoneFromKubernetes[]
  readonly namesIn: (value: Value) => readonly string[]
}[] = [
  {
    variable: /^kube_apiserver_(?:enable|disable)_admission_plugins$|^kube_apiserver_admission_control$/,
    what: 'admission-plugin',
    gone: () => GONE_ADMISSION_PLUGINS,
    namesIn: itemsOf,
  },
  {
    // Not kubeadm's own, which are others.
    variable: /^(?:kube|kubelet|kube_\w+)_feature_gates$/,
    what: 'feature-gate',
    gone: () => GONE_FEATURE_GATES,
    namesIn: (value) => itemsOf(value).map((each) => each.split(/[=:]/, 1)[0]?.trim() ?? ''),
  },
  {
    variable: /^kubelet_(?:node_)?custom_flags$|^kube_kubeadm_(?:apiserver|controller|scheduler)_extra_args$/,
    what: 'flag',
    gone: (variable) => GONE_FLAGS.filter(({ of }) => of.some((each) => variable.includes(each))),
    namesIn: flagsOf,
  },
  {
    variable: /^kubelet_(?:node_)?custom_flags$|^kube_kubeadm_(?:apiserver|controller|scheduler)_extra_args$/,
    what: 'feature-gate',
    gone: () => GONE_FEATURE_GATES,
    namesIn: gatesInFlags,
  },
  {
    variable: /^kube_api_runtime_config$/,
    what: 'api-group',
    gone: () => GONE_API_GROUPS,
    namesIn: (value) => itemsOf(value).map((each) => each.split('/', 1)[0] ?? ''),
  },
]

function inVariables(source: Audited, minor: number): readonly Found[] {
  return ASKS.flatMap(({ variable, what, gone, namesIn }) =>
    [...source.definitions.keys()]
      .filter((name) => variable.test(name) && isRead(name, source))
      .flatMap((name): readonly Found[] => {
        const names = new Set(namesIn(source.variables.value(name, {})))
        const definition = winning(source.definitions, name)
        return gone(name)
          .filter((each) => isGone(each, minor) && names.has(each.name))
          .map((each) =>
            foundGone(each, { what, minor, variable: name, file: definition?.path, line: definition?.line }),
          )
      }),
  )
}

/** What no task and no template mentions asks nobody for anything. */
function isRead(name: string, source: Audited): boolean {
  const pattern = new RegExp(`\\b${name}\\b`)
  return [...source.tree.keys()].some((path) => {
    const text = source.text(path)
    if (!text?.includes(name) || !pattern.test(text)) return false
    const part = readRolePath(path)?.part
    return part === 'tasks' || part === 'templates'
  })
}

/** A list, or a text with commas in it. */
function itemsOf(value: Value): readonly string[] {
  if (isList(value)) return value.map(printed)
  if (isMap(value)) return [...value.keys()]
  return typeof value === 'string' ? value.split(',').map((each) => each.trim()) : []
}

/** `--port=0` in lists and texts; the keys of a mapping. */
function flagsOf(value: Value): readonly string[] {
  // Since kubeadm's v1beta4 arguments are a list of names and values.
  const named = isList(value) ? value.filter(isMap).map((each) => printed(each.get('name'))) : []
  const words = [...named, ...(typeof value === 'string' ? value.split(/\s+/) : itemsOf(value))]
  return words.map((each) => each.replace(/^--/, '').split(/[= ]/, 1)[0] ?? '')
}

function gatesInFlags(value: Value): readonly string[] {
  return gateTextsIn(value)
    .flatMap((each) => each.split(/[,\s]+/))
    .map((each) => each.split('=', 1)[0] ?? '')
}

function gateTextsIn(value: Value): readonly string[] {
  if (isList(value)) return value.flatMap(gateTextsIn)
  if (isMap(value)) {
    const isNamed = value.get('name') === 'feature-gates'
    return [value.get('feature-gates'), ...(isNamed ? [value.get('value')] : [])].filter(
      (each) => typeof each === 'string',
    )
  }
  return typeof value === 'string' ? [value.replace(/--feature-gates[= ]/g, '')] : []
}

interface Where {
  readonly roles: ReadonlySet<string>
  readonly minor: number
}

/** Tasks that add an admission plugin to what is set, as `podsecuritypolicy_enabled` has them do. */
function inTasks(source: Audited, { roles, minor }: Where): readonly Found[] {
  const gone = GONE_ADMISSION_PLUGINS.filter((each) => isGone(each, minor))
  const tasks = [...roles].filter(isOfControlPlane).flatMap((role) => roleTasks(source, role))
  return tasks.flatMap(({ path, task, conditions }): readonly Found[] => {
    if (!conditions.every((each) => isKnownTrue(each, source))) return []
    const facts = task.get('set_fact') ?? task.get('ansible.builtin.set_fact')
    const added = facts instanceof Map ? [...(facts as ReadonlyMap<string, Value>)] : []
    return added
      .filter(([name]) => /admission_plugins$|admission_control$/.test(name))
      .flatMap(([, value]) => gone.filter(({ name }) => adds(printed(value), name)))
      .map((each) => {
        const place = { file: path, line: lineWith(source.text(path) ?? '', each.name) }
        return foundGone(each, {
          what: 'admission-plugin',
          minor,
          ...switchOf(conditions, source),
          by: place,
          ...place,
        })
      })
  })
}

/** The roles that decide what the components of Kubernetes are started with. */
export function isOfControlPlane(role: string): boolean {
  return /^kubernetes\/(?:master|control-plane|node|kubeadm\w*|preinstall)$/.test(role)
}

/** Named, and not by what takes it out. */
function adds(text: string, name: string): boolean {
  const kept = text.replace(/(?:difference|reject)\([^)]*\)/g, '')
  return new RegExp(`['"]${name}['"]`).test(kept)
}

/** The setting that a condition goes back to, which is what somebody can change. */
function switchOf(
  conditions: readonly string[],
  source: Audited,
): { readonly variable?: string; readonly setting?: { readonly file: string; readonly line: number } } {
  const { settings, definitions } = source
  const all = conditions.flatMap((each) => each.match(/[A-Za-z_]\w*/g) ?? [])
  const names = all.filter((each) => definitions.has(each) && isKnownTrue(each, source))
  const name = names.find((each) => settings?.named.has(each)) ?? names[0]
  if (name === undefined) return {}
  const at = settings?.named.get(name)?.at(-1)?.at
  return at ? { variable: name, setting: { file: at.file, line: at.line } } : { variable: name }
}

function lineWith(text: string, word: string): number {
  const at = text.split('\n').findIndex((line) => line.includes(word) && !/^[\s-]*name:/.test(line))
  return Math.max(at, 0) + 1
}
