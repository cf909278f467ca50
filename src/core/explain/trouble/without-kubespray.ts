import type { Instead } from '../../audit/instead-of-kubespray.ts'
import { short } from '../../model/oid.ts'
import type { Problem } from '../../model/problem.ts'

/** Why a tree cannot be judged that holds no Kubespray, with what was found instead and what helps. */
export function withoutKubespray(found: readonly Instead[]): Problem {
  const [first] = found
  const inventory = found.find(({ kind }) => kind === 'inventory')
  const beside =
    first && inventory && first !== inventory
      ? ` The inventory \`${pathOf(inventory)}\` alone is not enough to judge by.`
      : ''
  const what = first
    ? `${sentenceOf(first)}${beside}`
    : 'No submodule, image, collection or inventory that I looked for names it either.'
  return {
    code: 'no-kubespray',
    message: `There is no Kubespray in this tree, so there is nothing I could judge: ${lowered(what)} ${helpFor(first)}`,
  }
}

function sentenceOf(found: Instead): string {
  switch (found.kind) {
    case 'folder':
      return `a copy of it stands in the folder \`${found.path}\`, and I read Kubespray at the top of a repository only.`
    case 'submodule':
      return `it is a submodule at \`${found.path}\`, pinned to ${short(found.commit)}${found.isNamed ? '' : ' (by its path; `.gitmodules` does not say where it comes from)'}.`
    case 'image':
      return `it is run from the image \`${found.name}\` (\`${found.file}:${found.line}\`).`
    case 'collection':
      return `it is installed as a collection (\`${found.name}\`, \`${found.file}:${found.line}\`).`
    case 'repository':
      return `it is fetched from \`${found.name}\` (\`${found.file}:${found.line}\`).`
    case 'inventory':
      return `there is the inventory \`${pathOf(found)}\` alone, and no file I looked at says where its Kubespray comes from.`
  }
}

function helpFor(found: Instead | undefined): string {
  const route =
    '`multiarch route --from TAG --kubernetes VERSION --architectures LIST --upstream https://github.com/kubernetes-sigs/kubespray` plans the way up without a repository.'
  if (found?.kind === 'submodule')
    return `Check it out (\`git submodule update --init ${found.path}\`) and give me \`${found.path}\` as the repository; ${route}`
  if (found?.kind === 'folder')
    return `Put the copy at the top of a repository of its own and give me that; ${route}`
  return `Give me a clone of Kubespray, or of your fork of it, to judge that; ${route}`
}

function pathOf(found: Instead): string {
  return 'path' in found && found.path !== '' ? found.path : '.'
}

function lowered(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`
}
