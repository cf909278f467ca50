import { short } from '../../model/oid.ts'
import { heading, lines, paragraph, type Block } from '../blocks/block.ts'
import { code, quoted, say } from '../blocks/text.ts'
import { leftOutBlocks, linesToTell } from '../sections/render-account.ts'
import { patchBlocks, type PatchDetail } from '../sections/render-patch.ts'

/** Everything that is known of one patch: why its verdict, what collides, and how it looks on the release. */
export function patchExplanation(detail: PatchDetail, release: string): readonly Block[] {
  const { carried, number, upstream } = detail
  const { patch, verdict, files, confidence } = carried
  const sure = confidence === undefined ? '' : ` (confidence ${confidence.toFixed(2)})`
  const commits = carried.upstream.map((oid) => `${short(oid)}  ${upstream.get(oid) ?? ''}`.trimEnd())
  return [
    heading(2, say`${number}. ${quoted(patch.title)}`),
    paragraph(say`Onto ${code(release)}: ${verdict}${sure}.`),
    ...patchBlocks(detail),
    ...(files.length === 0 ? [paragraph(say`It changes nothing.`)] : []),
    ...(commits.length === 0 ? [] : [paragraph(say`Upstream:`), lines(commits)]),
    ...files
      .filter((file) => linesToTell(file).length > 0)
      .flatMap((file) => [heading(3, say`Left out of ${code(file.path)}`), ...leftOutBlocks(file, Infinity)]),
  ]
}
