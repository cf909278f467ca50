import { indentOf } from '../../text/indent-of.ts'
import { downloadEntries } from '../../catalogue/download-entries.ts'
import { winning } from '../../catalogue/definitions.ts'
import type { PlainMap } from '../../yaml/values/plain-value.ts'
import { enabledRoles } from '../enabled-roles.ts'
import { auditImages } from '../rules/audit-images.ts'
import { networkPluginOf } from '../rules/audit-network-plugin.ts'
import { Draft, NOTHING, type RecipeResult, type Recipe, type RecipeJob } from './recipe.ts'

/**
 * One DaemonSet of flannel for each architecture, each with its own image: what upstream does since v2.15.0 (0d0cc8cf9, #6166).
 * Where the release still takes the CNI plugins out of an image for amd64, they come from the download instead.
 */
export const flannelImages: Recipe = {
  name: 'flannel-images',
  title: 'Run flannel on nodes of every architecture',
  intent:
    'Flannel had one DaemonSet with the image for amd64. Its tags for other architectures have the name of the architecture at the end, so there is one DaemonSet for each now, as in later releases of Kubespray.',
  look: (source) => (networkPluginOf(source) === 'flannel' ? auditImages(source, enabledRoles(source)) : []),
  apply: (job) => edit(job),
}

const TEMPLATE = 'roles/network_plugin/flannel/templates/cni-flannel.yml.j2'
const TASKS = 'roles/network_plugin/flannel/tasks/main.yml'

function edit({ source, findings }: RecipeJob): RecipeResult {
  const text = source.text(TEMPLATE)
  if (findings.length === 0 || text === undefined || /\{%-? *for arch in /.test(text)) return NOTHING
  const draft = new Draft((path) => source.text(path))
  const installsFromImage = text.includes('flannel_cni_image_tag')
  if (installsFromImage) {
    draft.change(TEMPLATE, withoutInstaller)
    draft.change(TASKS, (lines) => withPlugins(lines, destinationOf(entryOf(source, 'cni'))))
    const downloads = winning(source.definitions, 'downloads')
    if (downloads) draft.change(downloads.path, withoutImage)
  }
  draft.change(TEMPLATE, (lines) => perArchitecture(lines, source.architectures))
  return { texts: draft.changed(), notes: [] }
}

function entryOf(source: RecipeJob['source'], name: string): PlainMap | undefined {
  const raw = downloadEntries(source.definitions).get(name)
  return raw instanceof Map ? (raw as PlainMap) : undefined
}

function destinationOf(entry: PlainMap | undefined): string | undefined {
  const value = entry?.get('dest')
  return typeof value === 'string' ? value : undefined
}

/** The whole document of the DaemonSet in a loop, its name, its nodes and its images by architecture. */
function perArchitecture(lines: readonly string[], architectures: readonly string[]): readonly string[] {
  const kind = lines.findIndex((line) => /^kind:\s*DaemonSet/.test(line))
  const start = lines.findLastIndex((line, at) => at < kind && /^---/.test(line))
  if (kind < 0 || start < 0) return lines
  const next = lines.findIndex((line, at) => at > kind && /^---/.test(line))
  const last = lines.at(-1) === '' ? lines.length - 1 : lines.length
  const end = next < 0 ? last : next
  const list = architectures.map((each) => `'${each}'`).join(', ')
  const set = lines.slice(start, end).map(named).map(withImage)
  return [
    ...lines.slice(0, start),
    `{% for arch in [${list}] %}`,
    ...pinned(set),
    '{% endfor %}',
    ...lines.slice(end),
  ]
}

/**
 * The set for amd64 keeps its name, so that the running one is updated and not doubled. An expression, not a block: Ansible
 * takes the line break behind a block away.
 */
function named(line: string): string {
  return /^ {2}name:\s*"?kube-flannel"?\s*$/.test(line)
    ? "  name: kube-flannel{{ '' if arch == 'amd64' else '-ds-' ~ arch }}"
    : line
}

function withImage(line: string): string {
  return /^\s*(?:- )?image:/.test(line)
    ? line.replace(/\{\{\s*flannel_image_tag\s*\}\}(?!-)/, '{{ flannel_image_tag }}-{{ arch }}')
    : line
}

/** Beside the selector of the operating system, under the same name space of labels; an affinity has its value replaced. */
function pinned(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line, at) => {
    const selector = /^(\s+)((?:beta\.)?kubernetes\.io)\/os:\s*["']?linux["']?\s*$/.exec(line)
    if (selector) return [line, `${selector[1]}${selector[2]}/arch: {{ arch }}`]
    const isValue = /^\s+-\s+amd64\s*$/.test(line)
    const isOfArchitecture = lines
      .slice(Math.max(0, at - 4), at)
      .some((each) => /kubernetes\.io\/arch\b/.test(each))
    return [isValue && isOfArchitecture ? line.replace('amd64', '{{ arch }}') : line]
  })
}

/** The container that copies plugins and configuration gives way to one that copies the configuration out of flannel's own image. */
function withoutInstaller(lines: readonly string[]): readonly string[] {
  const start = lines.findIndex((line) => /^\s*- name:\s*install-cni\s*$/.test(line))
  if (start < 0) return lines
  const indent = indentOf(lines[start] ?? '')
  const next = lines.findIndex((line, at) => at > start && line.trim() !== '' && indentOf(line) <= indent)
  const end = next < 0 ? lines.length : next
  const containers = lines.findLastIndex((line, at) => at < start && /^\s*containers:\s*$/.test(line))
  const pad = ' '.repeat(indentOf(lines[containers] ?? ''))
  return [
    ...lines.slice(0, containers),
    ...INSTALLER.map((line) => `${pad}${line}`),
    ...lines.slice(containers, start),
    ...lines.slice(end),
  ]
}

const INSTALLER = [
  'initContainers:',
  '- name: install-cni',
  '  image: {{ flannel_image_repo }}:{{ flannel_image_tag }}',
  '  command: [ "cp", "-f", "/etc/kube-flannel/cni-conf.json", "/etc/cni/net.d/10-flannel.conflist" ]',
  '  volumeMounts:',
  '  - name: cni',
  '    mountPath: /etc/cni/net.d',
  '  - name: flannel-cfg',
  '    mountPath: /etc/kube-flannel/',
]

/** As the roles of the other plugins unpack them. */
function withPlugins(lines: readonly string[], archive: string | undefined): readonly string[] {
  if (archive === undefined || lines.some((line) => line.includes('Copy cni plugins'))) return lines
  const body = lines.at(-1) === '' ? lines.slice(0, -1) : lines
  return [
    ...body,
    '',
    '- name: Flannel | Create the directory of cni plugins',
    '  file:',
    '    path: /opt/cni/bin',
    '    state: directory',
    '    mode: 0755',
    '',
    '- name: Flannel | Copy cni plugins',
    '  unarchive:',
    `    src: "${archive}"`,
    '    dest: /opt/cni/bin',
    '    mode: 0755',
    '    remote_src: yes',
    '',
  ]
}

function withoutImage(lines: readonly string[]): readonly string[] {
  const entry = lines.findIndex((line) => /^ {2}flannel_cni:\s*$/.test(line))
  const at = lines.findIndex((line, index) => index > entry && /^\s+enabled:/.test(line))
  if (entry < 0 || at < 0) return lines
  return lines.map((line, index) => (index === at ? line.replace(/enabled:.*/, 'enabled: false') : line))
}
