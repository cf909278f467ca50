import { short, type Oid } from '../model/oid.ts'
import { code, link, quoted, say, sentence, type Inline, type Text } from './blocks/text.ts'

/*
 * Addresses of what a text names. Those of other people's repositories go by `redirect.github.com`, as Renovate's do: a plain one would
 * leave a note "mentioned this" under each pull request and commit of theirs.
 */

const REDIRECT = 'https://redirect.github.com'
const UPSTREAM = 'kubernetes-sigs/kubespray'

/** A pull request or an issue of upstream's: GitHub leads from the one to the other by its number. */
export function upstreamPull(number: number): string {
  return `${REDIRECT}/${UPSTREAM}/pull/${number}`
}

function upstreamCommit(commit: string): string {
  return `${REDIRECT}/${UPSTREAM}/commit/${commit}`
}

/** The notes of a release. */
export function upstreamRelease(release: string): string {
  return `${REDIRECT}/${UPSTREAM}/releases/tag/${encodeURIComponent(release)}`
}

/** What upstream changed between two releases or commits. */
export function upstreamCompare(from: string, to: string): string {
  return `${REDIRECT}/${UPSTREAM}/compare/${encodeURIComponent(from)}...${encodeURIComponent(to)}`
}

/** A line of a file as a release or commit of upstream's has it; lines count from 1. */
export function upstreamFile(revision: string, path: string, line?: number): string {
  return `${REDIRECT}/${UPSTREAM}/blob/${encodeURIComponent(revision)}/${pathOf(path)}${lineOf(line)}`
}

/** Where the user's own repository is read, as `https://github.com/somebody/infra`. */
export type RepositoryAddress = string

/** A line of a file of the user's own at a commit; lines count from 1. */
export function ownFile(
  repository: RepositoryAddress,
  { commit, path, line }: { readonly commit: Oid; readonly path: string; readonly line?: number },
): string {
  return `${repository}/blob/${commit}/${pathOf(path)}${lineOf(line)}`
}

export function ownCommit(repository: RepositoryAddress, commit: Oid): string {
  return `${repository}/commit/${commit}`
}

/** A commit of upstream's by its short name, with its title; upstream's merges end in the number of their pull request. */
export function titledCommit(commit: Oid, title: string): Text {
  const [, words = title, number] = /^(.*\S) \(#(\d+)\)$/s.exec(title) ?? []
  if (number === undefined) return say`${linkedCommit(commit)} (${quoted(title)})`
  return say`${linkedCommit(commit)} (${quoted(words)} ${link(upstreamPull(Number(number)), quoted(`#${number}`))})`
}

/**
 * A sentence that was worded beside its rule, with the issues of others (`projectcalico/calico#2364`) and the CVEs that it names as
 * links. A bare `#12` stays as it is: in words that it quotes it may be anybody's.
 */
export function linkedSentence(message: string): Text {
  return sentence(message).flatMap((piece) => {
    if (typeof piece === 'string' || piece.kind !== 'quoted') return [piece]
    return linkedWhere(
      piece.text,
      ({ repository, cve: name }) => repository !== undefined || name !== undefined,
    )
  })
}

/** The same of a sentence whose code names commits of upstream's, each with its title behind it. */
export function sentenceOfCommits(message: string): Text {
  return linkedSentence(message).flatMap((piece) => {
    if (typeof piece === 'string' || piece.kind !== 'code') return [piece]
    if (/^[0-9a-f]{9}$/.test(piece.text)) return [link(upstreamCommit(piece.text), piece)]
    const [, words, number] = /^(.*) \(#(\d+)\)$/s.exec(piece.text) ?? []
    if (words === undefined) return [piece]
    return say`${code(words)} ${link(upstreamPull(Number(number)), quoted(`#${number}`))}`
  })
}

/** A text of ours with each CVE that it names as a link. */
export function withCves(text: Text): Text {
  return text.flatMap((piece) => (typeof piece === 'string' ? cvesIn(piece) : [piece]))
}

function cvesIn(words: string): Text {
  return words
    .split(/(\bCVE-\d{4}-\d{4,}\b)/)
    .map((part, index) => (index % 2 === 1 ? link(cve(part), part) : part))
    .filter((part) => part !== '')
}

function cve(name: string): string {
  return `https://www.cve.org/CVERecord?id=${name}`
}

/** A commit of upstream's by its short name. */
export function linkedCommit(commit: Oid): Inline {
  return link(upstreamCommit(commit), code(short(commit)))
}

/**
 * A reference as the tables of advice have it, each of its parts that names something a link: `kubernetes/kubernetes#131007`, `#9530`,
 * `e796f0818`, `CVE-2025-1974`, `https://…`.
 */
export function linkedReference(reference: string): Text {
  return linkedWhere(reference, () => true)
}

type Named = Readonly<Record<string, string | undefined>>

function linkedWhere(reference: string, isWanted: (named: Named) => boolean): Text {
  let at = 0
  const pieces: Inline[] = []
  for (const match of reference.matchAll(REFERENCE)) {
    if (!isWanted(match.groups ?? {})) continue
    if (match.index > at) pieces.push(...sentence(reference.slice(at, match.index)))
    pieces.push(link(addressOf(match.groups ?? {}), quoted(match[0])))
    at = match.index + match[0].length
  }
  return at < reference.length ? [...pieces, ...sentence(reference.slice(at))] : pieces
}

const REFERENCE =
  /(?<url>https:\/\/[^\s,)]+)|(?:\b(?<repository>[\w-]{1,39}\/[\w.-]{1,100})|(?<![\w&/]))#(?<number>\d+)|\b(?<commit>(?=[a-f]*\d)[0-9a-f]{9,40})\b|\b(?<cve>CVE-\d{4}-\d{4,})\b/g

function addressOf({
  url,
  repository = UPSTREAM,
  number,
  commit,
  cve: name,
}: Readonly<Record<string, string | undefined>>): string {
  if (url !== undefined) return url.replace(/^https:\/\/github\.com\//, `${REDIRECT}/`)
  if (number !== undefined) return `${REDIRECT}/${repository}/pull/${number}`
  if (commit !== undefined) return `${REDIRECT}/${UPSTREAM}/commit/${commit}`
  return cve(name ?? '')
}

function pathOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

function lineOf(line: number | undefined): string {
  return line === undefined ? '' : `#L${line}`
}
