import { indentOf } from '../../text/indent-of.ts'
import { winning } from '../../catalogue/definitions.ts'
import type { Audited } from '../audited.ts'
import { auditDownloads } from '../rules/audit-downloads.ts'
import { enabledRoles } from '../enabled-roles.ts'
import type { Found } from '../finding.ts'
import { auditWrittenOut } from '../rules/audit-written-out.ts'
import { Draft, type RecipeResult, type Recipe, type RecipeJob } from './recipe.ts'
import { splitSpans, TEMPLATE } from '../../text/split-spans.ts'

/** Writes `{{ image_arch }}` where an address, an image's name or an unpacked file has amd64 in it. */
export const architectureInUrls: Recipe = {
  name: 'architecture-in-urls',
  title: 'Take downloads for the architecture of each node',
  intent:
    'Addresses of downloads and names of what is unpacked had amd64 written out, so every node got the builds for amd64. `image_arch` is the architecture of the node, in the spelling of the download servers.',
  look: (source) => [...auditDownloads(source), ...auditWrittenOut(source, enabledRoles(source))],
  apply: (job) => edit(job),
}

/** Only this word has a variable that says the same for each node: `uname -m` spells architectures otherwise. */
const WORD = /(?<![A-Za-z0-9])amd64(?![A-Za-z0-9])/g

function edit({ source, findings }: RecipeJob): RecipeResult {
  const draft = new Draft((path) => source.text(path))
  for (const finding of findings) {
    draft.change(finding.file, (lines) => inValueAt(lines, finding.line))
    if (finding.code !== 'architecture-in-file') renameDestination(draft, finding, source)
  }
  return { texts: draft.changed(), notes: [] }
}

/** The entry of the dictionary says under which name a file is kept, which has to differ as the file does. */
function renameDestination(draft: Draft, { subject }: Found, { definitions }: Audited): void {
  const downloads = winning(definitions, 'downloads')
  if (!downloads) return
  draft.change(downloads.path, (lines) => {
    const start = lines.findIndex((line) => line.startsWith('downloads:'))
    const entry = lines.findIndex(
      (line, at) => at > start && new RegExp(`^ {1,4}${subject}:\\s*$`).test(line),
    )
    if (start < 0 || entry < 0) return lines
    const indent = indentOf(lines[entry] ?? '')
    const end = lines.findIndex((line, at) => at > entry && line.trim() !== '' && indentOf(line) <= indent)
    return lines.map((line, at) =>
      at > entry && (end < 0 || at < end) && /^\s*dest:/.test(line) ? withVariable(line) : line,
    )
  })
}

/** A value may go on over the lines below its key. */
function inValueAt(lines: readonly string[], line: number): readonly string[] {
  const start = line - 1
  const indent = indentOf(lines[start] ?? '')
  const next = lines.findIndex((each, at) => at > start && each.trim() !== '' && indentOf(each) <= indent)
  const end = next < 0 ? lines.length : next
  return lines.map((each, at) => (at >= start && at < end ? withVariable(each) : each))
}

/** Template expressions are left as they are: `default('amd64')` is no name of a file. */
function withVariable(line: string): string {
  return splitSpans(line, [...TEMPLATE, { open: '#', close: '' }])
    .map((part, index) => (index % 2 === 1 ? part : inName(part)))
    .join('')
}

/** A source of packages is read by roles that come before downloads, where only the fact itself is known. */
function inName(text: string): string {
  return text.replace(/\barch=amd64\b/g, 'arch={{ host_architecture }}').replace(WORD, '{{ image_arch }}')
}
