import { hasJinja } from '../yaml/jinja/read-jinja.ts'
import type { Problem } from '../model/problem.ts'
import { lineStartsOf, positionAt } from '../yaml/tree/position-at.ts'
import type { ExtraValue } from './calls/extra-variables.ts'
import { isWorkflow } from './calls/may-hold-calls.ts'
import { playbookCalls } from './calls/playbook-calls.ts'
import type { ExtraSource } from './find-inventories.ts'
import { readVariableFile } from './read-variable-file.ts'
import type { Setting } from './setting.ts'

/** All that commands hand in, in the order in which they do; Ansible takes it over everything an inventory says. */
export function extraSettings(
  sources: readonly ExtraSource[],
  texts: ReadonlyMap<string, string>,
): { readonly settings: readonly Setting[]; readonly problems: readonly Problem[] } {
  const settings: Setting[] = []
  const problems: Problem[] = []
  for (const source of sources) {
    const text = texts.get(source.path)
    if (text === undefined) continue
    if (source.kind === 'command') {
      settings.push(...inCommand(source, text))
      continue
    }
    const read = readVariableFile({ path: source.path, scope: EVERYWHERE }, text)
    settings.push(...read.settings.map((each): Setting => ({ ...each, extra: 'file' })))
    problems.push(...read.problems)
  }
  return { settings, problems }
}

/** They hold for every host there is. */
const EVERYWHERE = { kind: 'group', name: 'all' } as const

/** Each value's place is found anew, since an edit before may have moved it. */
function inCommand({ path, call }: ExtraSource & { kind: 'command' }, text: string): readonly Setting[] {
  const values = playbookCalls(path, text)[call]?.extra.filter(
    (each): each is ExtraValue => each.kind === 'value',
  )
  const lineStarts = lineStartsOf(text)
  return (values ?? []).map(({ name, value, from, to, ...how }): Setting => ({
    name,
    value,
    written: text.slice(from, to),
    nature: natureOfWords(value, how),
    scope: EVERYWHERE,
    at: { file: path, ...positionAt(lineStarts, from) },
    source: { kind: 'command', from, to },
    extra: isWorkflow(path) ? 'workflow' : 'command',
  }))
}

/** What a shell puts in where the command runs is no template of Ansible's. */
function natureOfWords(
  value: string,
  { isPlain, isAsked }: Pick<ExtraValue, 'isPlain' | 'isAsked'>,
): Setting['nature'] {
  if (hasJinja(value)) return 'template'
  if (isAsked) return 'asked'
  return isPlain ? 'plain' : 'at-run'
}
