import type { ReleaseTag } from '../../model/release-tag.ts'
import type { Step } from '../../plan/step.ts'
import { paragraph, type Block } from '../blocks/block.ts'
import { code, say, type Text } from '../blocks/text.ts'

/** Why a step leaves nothing behind. */
type NothingToDo =
  | { readonly code: 'newest' }
  | { readonly code: 'no-newer-kubernetes'; readonly release: ReleaseTag }
  | { readonly code: 'kubernetes-already'; readonly step: Step }
  | { readonly code: 'no-add-ons'; readonly release: ReleaseTag }
  | { readonly code: 'nothing-changed' }
  | { readonly code: 'cannot-change' }

/** Says that there is nothing to write, and why. */
export function nothingToDo(why: NothingToDo): Block {
  return paragraph(sentenceOf(why))
}

function sentenceOf(why: NothingToDo): Text {
  switch (why.code) {
    case 'newest':
      return say`Nothing to do: the fork stands on this release already, or on the newest I know.`
    case 'no-newer-kubernetes':
      return say`Nothing to do: ${why.release} has nothing newer for this cluster. The command below goes to the next release.`
    case 'kubernetes-already':
      return say`The inventories come to Kubernetes ${why.step.kubernetes.to} already, so there is nothing to change: apply ${code(why.step.kubespray.to)} as it is.`
    case 'no-add-ons':
      return say`Nothing to do: no add-on that is on gets in the way in ${why.release}.`
    case 'nothing-changed':
      return say`Nothing was changed.`
    case 'cannot-change':
      return say`There is nothing that I can change, so I wrote nothing.`
  }
}
