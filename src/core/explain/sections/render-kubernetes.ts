import { whatGets, type Gets, type Remark } from '../../judge/judge-step.ts'
import { bareVersion, minorOf } from '../../model/release-tag.ts'
import { someOf } from '../../text/enumerated.ts'
import { NOTHING_TOLD } from '../ask-about-hosts.ts'
import { heading, paragraph, type Block } from '../blocks/block.ts'
import { bold, code, joined, listed, ours, say, type Inline, type Text } from '../blocks/text.ts'
import type { KubernetesFacts, PullRequestFacts } from '../pull-request-facts.ts'

/** Which Kubernetes the step brings, and whether each architecture gets it: by the one judge. */
export function renderKubernetes(facts: PullRequestFacts): readonly Block[] {
  const { kubernetes } = facts
  if (!kubernetes) return []
  const version = code(bareVersion(kubernetes.to))
  const rows = kubernetes.architectures.map((architecture) => [
    [code(architecture)],
    cellOf(version, whatGets(facts, architecture)),
  ])
  return [
    heading(2, say`Kubernetes`),
    paragraph(say`${moveSentence(kubernetes)}${sourceSentence(kubernetes)}`),
    { kind: 'table', head: [['architecture'], ['gets']], rows },
    ...stillNamed(kubernetes),
  ]
}

/** What names the Kubernetes of before may be a document, or a default that is handed to the play and overrides the inventory. */
function stillNamed({ from = '', to, named = [], held = [] }: KubernetesFacts): readonly Block[] {
  const told = new Set(held.map(({ file, line }) => `${file}:${line}`))
  const places = named.map(({ file, line }) => `${file}:${line}`).filter((place) => !told.has(place))
  if (places.length === 0) return []
  const where = listed(someOf(places.map(code), MOST_PLACES))
  return [
    paragraph(
      say`${code(bareVersion(from))} is still named in ${where}, which I leave as ${places.length === 1 ? 'it is' : 'they are'}. If the play gets its version from there, set ${code(bareVersion(to))} as well.`,
    ),
  ]
}

const MOST_PLACES = 6

function cellOf(version: Inline, { stops, without }: Gets): Text {
  if (stops.length > 0) return say`${bold`none`}: ${whyNone(stops)}`
  if (without.length === 0) return [version]
  return say`${version}, but ${listed(subjectsOf(without))} would not run there`
}

/** Whether it is of what an architecture gets; a check of the release's that stops the play is about a setting. */
function isOfArchitecture({ architectures, code }: Remark): boolean {
  return architectures !== undefined && code !== 'release-check'
}

/** Each in a few words, by whose doing it is; what needs your eyes has the sentences. */
function whyNone(stops: readonly Remark[]): Text {
  const byCause = (...kinds: readonly string[]): readonly Remark[] =>
    stops.filter((stop) => isOfArchitecture(stop) && kinds.includes(stop.cause?.kind ?? 'unknown'))
  const lacks = subjectsOf(byCause('release'))
  const broken = subjectsOf(byCause('patch', 'patch-and-setting'))
  const set = byCause('setting')
  const names = set.flatMap(({ cause }) => (cause?.kind === 'setting' ? [cause.name] : []))
  const unknown = subjectsOf(byCause('unknown'))
  const parts = [
    ...(stops.every(isOfArchitecture) ? [] : [say`there is an error to fix first`]),
    ...(lacks.length > 0 ? [say`the release lacks ${listed(lacks)}`] : []),
    ...(broken.length > 0 ? [say`your patches break ${listed(broken)}`] : []),
    ...(set.length > 0
      ? [say`your ${listed([...new Set(names)].map(code))} breaks ${listed(subjectsOf(set))}`]
      : []),
    ...(unknown.length > 0 ? [say`${listed(unknown)} cannot be had`] : []),
  ]
  return say`${joined(parts, '; ')}.`
}

function subjectsOf(remarks: readonly Remark[]): readonly Inline[] {
  return [...new Set(remarks.map(({ subject = '' }) => subject))].map(code)
}

function moveSentence({ from, to, held = [] }: KubernetesFacts): Text {
  if (held.length > 0) {
    const places = [...new Set(held.map(({ file, line }) => `${file}:${line}`))].map(code)
    const now = from === undefined ? 'where it is' : code(bareVersion(from))
    return say`Kubernetes stays ${now} until you set ${code(bareVersion(to))} in ${listed(places)}: what is passed there overrides the inventory, and I do not change it. The table is for ${code(bareVersion(to))}.`
  }
  if (from === undefined) return say`Kubernetes will be ${code(bareVersion(to))}.`
  const [before, after] = [bareVersion(from), bareVersion(to)]
  if (before === after) return say`Kubernetes stays ${code(after)}.`
  const how = minorOf(before) === minorOf(after) ? 'within its minor' : 'one minor up'
  return say`Kubernetes goes from ${code(before)} to ${code(after)}, ${how}.`
}

function sourceSentence({ told }: KubernetesFacts): Text {
  if (told === 'inventory')
    return say` I read the architectures from your inventory; ${SETTING} overrides them.`
  if (told === 'patches')
    return say` I took the architectures that your patches are for; ${SETTING} overrides them.`
  if (told === 'assumed') return say` ${ours(`${NOTHING_TOLD.replace(/^n/, 'N')}.`)}`
  return []
}

const SETTING = say`${code('architectures')} in the settings`
