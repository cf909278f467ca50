import { namesMentioned } from '../../catalogue/names-mentioned.ts'
import type { Setting } from '../../inventory/setting.ts'
import { isOfSample } from '../../inventory/find-inventories.ts'
import { isGivenByAnsible } from '../../model/is-given-by-ansible.ts'
import type { Oid } from '../../model/oid.ts'
import { isInside } from '../../model/parent-of.ts'
import type { Audited, TreeToAudit } from '../audited.ts'
import type { Finding } from '../finding.ts'

/**
 * Variables that the inventory sets and nothing of the tree reads: the release dropped or renamed them, or they are misspelt. What
 * upstream's sample sets by itself is nobody's doing here.
 */
export function auditUnread(source: Audited, release?: TreeToAudit): readonly Finding[] {
  if (!source.settings) return []
  const settings = source.settings.settings.filter((each) => !isOfUpstream(each, source, release))
  const names = new Set(settings.map(({ name }) => name).filter((name) => !isGivenByAnsible(name)))
  const read = new Set([
    ...namesMentioned(names, readers(source)),
    ...namesInTemplates(source.settings.settings),
  ])
  const first = new Map<string, Setting>()
  for (const setting of settings) {
    if (names.has(setting.name) && !read.has(setting.name) && !first.has(setting.name))
      first.set(setting.name, setting)
  }
  return [...first.values()].map(({ name, at }) => ({
    code: 'variable-unread' as const,
    severity: 'notice' as const,
    file: at.file,
    line: at.line,
    subject: name,
    architectures: [],
    message: `Nothing of Kubespray reads \`${name}\`: setting it changes nothing there. Remove it, unless a playbook of your own needs it.`,
  }))
}

/** What upstream's sample sets by itself, be it there or in a copy of it, is nobody's doing here. */
function isOfUpstream(setting: Setting, source: Audited, release: TreeToAudit | undefined): boolean {
  const { name, at } = setting
  if (!isOfSample(at.file)) return isInSample(setting, source)
  const bytes = release?.blobs.get(release.tree.get(at.file)?.oid as Oid)
  return !release || (bytes !== undefined && setsVariable(new TextDecoder().decode(bytes), name))
}

/** Whether the sample of this very tree sets the variable to the same value. */
function isInSample({ name, written }: Setting, source: Audited): boolean {
  return [...source.tree.keys()]
    .filter((path) => isOfSample(path) && isInside(path, 'inventory/sample/group_vars'))
    .some((path) =>
      (source.text(path) ?? '')
        .split('\n')
        .some((line) => line.startsWith(`${name}:`) && bare(line.slice(name.length + 1)) === bare(written)),
    )
}

/** Without quotes and the comment behind it. */
function bare(text: string): string {
  return text
    .replace(/\s#[^]*$/, '')
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
}

function setsVariable(text: string, name: string): boolean {
  return text.split('\n').some((line) => line.startsWith(`${name}:`))
}

/** Everything but inventories: a sample that sets a variable does not read it. */
function* readers(source: Audited): Iterable<Uint8Array> {
  const encoder = new TextEncoder()
  for (const path of source.tree.keys()) {
    if (isInside(path, 'inventory')) continue
    const content = source.text(path)
    if (content !== undefined) yield encoder.encode(content)
  }
}

function namesInTemplates(settings: readonly Setting[]): ReadonlySet<string> {
  const templates = settings.filter(({ nature }) => nature === 'template').map(({ written }) => written)
  return new Set(templates.flatMap((text) => [...text.matchAll(/[A-Za-z_]\w*/g)].map(([name]) => name)))
}
