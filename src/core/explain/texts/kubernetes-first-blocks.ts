import type { Step } from '../../plan/step.ts'
import type { Base } from '../../series/series.ts'
import { list, paragraph, type Block } from '../blocks/block.ts'
import { bold, code, say, sentence } from '../blocks/text.ts'
import { standsSentence } from './plan-blocks.ts'
import { stepTitle } from './route-blocks.ts'

/** That Kubernetes goes up before the next release. */
export function kubernetesFirstBlocks({
  branch,
  base,
  step,
}: {
  readonly branch: string
  readonly base: Base
  readonly step: Step
}): readonly Block[] {
  return [
    paragraph(standsSentence(branch, base)),
    paragraph(say`${bold`Kubernetes comes first`}: ${stepTitle(step)}`),
    list(step.reasons.map(({ message }) => sentence(message))),
    paragraph(
      say`Nothing was written. The command below makes this step; ${code('--onto TAG')} carries the patches to a release anyway.`,
    ),
  ]
}
