import type { LeftPin } from '../../layout/moved-pin.ts'
import type { PinTarget } from '../../layout/layout.ts'
import { grouped } from '../../model/collections/grouped.ts'
import { nameOf } from '../../model/parent-of.ts'
import type { PatchFileOutcome } from '../../patchfile/patch-file-outcome.ts'
import type { Problem } from '../../model/problem.ts'
import { someOf } from '../../text/enumerated.ts'
import { heading, list, paragraph, type Block } from '../blocks/block.ts'
import { code, flat, link, listed, ours, quoted, say, type Text } from '../blocks/text.ts'
import type { PlaceFacts, PullRequestFacts } from '../pull-request-facts.ts'

/** Where the release is named in the repository, and what each place says now; nothing where its files are all that tells it. */
export function renderPlace({ place }: Pick<PullRequestFacts, 'place'>): readonly Block[] {
  const { pins = [], left = [], renamed, patchFiles = [], waits } = place?.move ?? {}
  const told = left.filter((each) => !holdsUp(each))
  const blocks: Block[] = []
  if (waits)
    blocks.push(
      paragraph(say`The same step in the fork: ${link(waits.url, quoted(waits.url))} (${waits.state}).`),
    )
  if (renamed)
    blocks.push(paragraph(say`The folder ${code(renamed.from)} is called ${code(renamed.to)} from here on.`))
  if (pins.length > 0)
    blocks.push({
      kind: 'table',
      head: [['place'], ['before'], ['now']],
      rows: pins.map(({ file, line, from, to }) => [
        [code(line === undefined ? file : `${file}:${line}`)],
        says(from),
        [code(to.trim())],
      ]),
    })
  if (told.length > 0)
    blocks.push(
      paragraph(['These name it as well, and I leave them as they are:']),
      list(
        [...grouped(told, ({ from, why }) => `${from} ${why}`).values()].flatMap((all) => {
          const [first] = all
          if (!first) return []
          const places = someOf(
            all.map((each) => code(placeIn(each))),
            MOST_PLACES,
          )
          return [
            say`${listed(places)} ${all.length === 1 ? 'says' : 'say'} ${says(first.from)} (${LEFT[first.why]}).`,
          ]
        }),
      ),
    )
  const named = blocks.length === 0 ? [] : [heading(2, ['Where the release is named']), ...blocks]
  return [...named, ...renderPatchFiles(patchFiles)]
}

function says(release: string): Text {
  return release === '' ? ['no release'] : [code(release)]
}

/** A handful of documents shows where to look. */
const MOST_PLACES = 6

function renderPatchFiles(files: readonly PatchFileOutcome[]): readonly Block[] {
  if (files.length === 0) return []
  const rows = files.map(({ path, to, became }) => [[code(path)], [code(to)], [BECAME[became]]])
  return [
    heading(2, ['The patch files']),
    { kind: 'table', head: [['file'], ['for the new release'], ['what became of it']], rows },
  ]
}

const BECAME: Readonly<Record<PatchFileOutcome['became'], string>> = {
  kept: 'does the same as it is: no byte of it is another',
  refreshed: 'refreshed, headers kept',
  'left-out': 'left out: nothing of it is left to do (why is below)',
  open: 'open: it does not go onto the release, and stays as it was until you settle it',
}

/** Folders for the release that people made themselves. */
export function patchFoldersTaken(folders: readonly string[], release: string): readonly Problem[] {
  return folders.map((folder) => ({
    code: 'patches-there',
    message: flat(
      say`${code(folder)} is there already, so I leave it as it is and carry no patch file into it. Look whether its patches go onto ${code(release)}, or remove it, and I make it again.`,
    ),
  }))
}

function placeIn({ file, line }: LeftPin): string {
  return `${file}:${line}`
}

const LEFT: Readonly<Record<LeftPin['why'], string>> = {
  terraform: 'Terraform, which I read and do not write',
  'source-code': 'source code, which I read and do not write',
  readme: 'a document',
  'commented-out': 'commented out',
  'own-fork': 'of a fork',
  digest: 'the digest behind it is what is pulled, and I do not know that of the new image',
  workflow: 'a workflow, which I may not write',
  'folder-name': 'it names the folder, which has another name now',
  mention: 'in words',
  branch: 'another release’s branch, which an update of the submodule with --remote brings',
}

const HOLDS_UP: ReadonlySet<LeftPin['why']> = new Set([
  'terraform',
  'source-code',
  'digest',
  'workflow',
  'folder-name',
])

/** A twin that stays behind would have two releases run in one repository. */
function holdsUp({ why }: LeftPin): boolean {
  return HOLDS_UP.has(why)
}

/** What has to be changed by hand before the step is whole. */
export function pinsLeft(left: readonly LeftPin[]): readonly Problem[] {
  return left.filter(holdsUp).map((each) => ({
    code: 'pin-left',
    message: flat(
      say`${code(placeIn(each))} still says ${code(each.from)} (${LEFT[each.why]}); write ${code(each.to)} there${each.why === 'folder-name' ? '' : ', or two releases are run from one repository'}.`,
    ),
    at: { file: each.file, line: each.line, column: 1 },
  }))
}

/** What has to be done in a checkout before the play, since merging moves a name and no files. */
export function fetchSentence({ layout }: PlaceFacts, release: string): Text {
  switch (layout.kind) {
    case 'submodule':
      return say`In a checkout, ${code(`git submodule update --init ${layout.gitlink.path}`)} brings ${code(release)} into place.`
    case 'pin':
      if (isBuilt(layout.pins[0].file) && layout.pins[0].reaches !== 'image')
        return say`Build the image of ${code(layout.pins[0].file)} again, so that the new release is in it.`
      return ours(FETCH[layout.pins[0].reaches].replace('FILE', layout.pins[0].file))
    case 'inventory':
      return layout.pins[0]?.reaches === 'image'
        ? ours(FETCH.image)
        : say`Check out ${code(release)} of Kubespray where you run it from.`
    case 'folder':
    case 'root':
      return []
  }
}

/** Whether Ansible and the playbooks come in an image. */
export function runsInImage({ layout }: PlaceFacts): boolean {
  const [pin] = layout.kind === 'pin' || layout.kind === 'inventory' ? layout.pins : []
  if (!pin) return false
  const { reaches, file } = pin
  return reaches === 'image' || (reaches !== 'collection' && isBuilt(file))
}

function isBuilt(file: string): boolean {
  return /(?:Docker|Container)file/i.test(nameOf(file))
}

const FETCH: Readonly<Record<PinTarget, string>> = {
  image: 'Pull the new image, or build yours again, before you run it.',
  collection: 'Install the collection again: `ansible-galaxy collection install --force -r FILE`.',
  clone: 'Run the script that clones Kubespray again, so that the new release is there.',
  archive: 'Download the archive again, so that the new release is there.',
  raw: 'Fetch again what the repository takes from the release.',
  page: 'Check out the new release of Kubespray where you run it from.',
}

/** The playbook, from where the repository is checked out. */
export function playbookAt(place: PlaceFacts | undefined, play: string): string {
  const layout = place?.layout
  if (layout?.kind === 'submodule') return `${layout.gitlink.path}/${play}`
  if (layout?.kind === 'folder') return `${place?.move?.renamed?.to ?? layout.path}/${play}`
  if (layout?.kind === 'pin' && layout.pins[0].reaches === 'collection')
    return `kubernetes_sigs.kubespray.${play.replace('.yml', '').replaceAll('-', '_')}`
  return play
}
