import type { Gitlink, LayoutPlaces, Pin } from '../../layout/layout.ts'
import { short } from '../../model/oid.ts'
import type { Problem } from '../../model/problem.ts'

/** Why a tree cannot be judged that holds no Kubespray, with what was found instead and what helps. */
export function withoutKubespray(places: LayoutPlaces): Problem {
  const first = firstOf(places)
  const [inventory] = places.inventories
  const beside =
    first && first.kind !== 'inventory' && inventory !== undefined
      ? ` The inventory \`${folderName(inventory)}\` alone is not enough to judge by.`
      : ''
  const what = first
    ? `${sentenceOf(first)}${beside}`
    : 'no submodule, image, collection or inventory that I looked for names it either.'
  return {
    code: 'no-kubespray',
    message: `There is no Kubespray in this tree, so there is nothing I could judge: ${what} ${helpFor(first)}`,
  }
}

type Instead =
  | { readonly kind: 'folder' | 'inventory'; readonly path: string }
  | { readonly kind: 'submodule'; readonly gitlink: Gitlink }
  | { readonly kind: 'missing'; readonly path: string; readonly line: number }
  | { readonly kind: 'pin'; readonly pin: Pin }

/** The surest of what was found: files, then a commit, then a line that is run, then one that only tells. */
function firstOf(places: LayoutPlaces): Instead | undefined {
  const [folder] = places.folders
  if (folder !== undefined) return { kind: 'folder', path: folder }
  const gitlink =
    places.gitlinks.find(({ named }) => named === 'exact') ?? places.gitlinks.find(({ named }) => named)
  if (gitlink) return { kind: 'submodule', gitlink }
  const pin = places.pins.find(({ only }) => only === undefined) ?? places.pins[0]
  if (pin) return { kind: 'pin', pin }
  const [missing] = places.missingGitlinks
  if (missing) return { kind: 'missing', path: missing.path, line: missing.line }
  const [inventory] = places.inventories
  return inventory === undefined ? undefined : { kind: 'inventory', path: inventory }
}

function sentenceOf(found: Instead): string {
  switch (found.kind) {
    case 'folder':
      return `a copy of it stands in the folder \`${found.path}\`, and I read Kubespray at the top of a repository only.`
    case 'submodule': {
      const { path, commit, url } = found.gitlink
      const byPath = url === undefined ? ' (by its path; `.gitmodules` does not say where it comes from)' : ''
      return `it is a submodule at \`${path}\`, pinned to ${short(commit)}${byPath}.`
    }
    case 'missing':
      return `\`.gitmodules:${found.line}\` names a submodule at \`${found.path}\`, and the tree has no entry for it.`
    case 'pin':
      return sentenceOfPin(found.pin)
    case 'inventory':
      return `there is the inventory \`${folderName(found.path)}\` alone, and no file I looked at says where its Kubespray comes from.`
  }
}

const HOW: Readonly<Record<Pin['reaches'], string>> = {
  image: 'it is run from an image',
  collection: 'it is installed as a collection',
  clone: 'it is cloned',
  archive: 'it is downloaded as an archive',
  raw: 'files of it are downloaded',
  page: 'a release of it is named',
}

function sentenceOfPin({ reaches, file, line, value, says }: Pin): string {
  const version =
    says.kind === 'variable' ? `at a version that the variable \`${says.name}\` holds` : `at \`${value}\``
  return `${HOW[reaches]}, ${value === '' ? 'without a version' : version} (\`${file}:${line}\`).`
}

function helpFor(found: Instead | undefined): string {
  const route =
    '`multiarch route --from TAG --kubernetes VERSION --architectures LIST --upstream https://github.com/kubernetes-sigs/kubespray` plans the way up without a repository.'
  if (found?.kind === 'submodule') {
    const { path } = found.gitlink
    return `Check it out (\`git submodule update --init ${path}\`) and give me \`${path}\` as the repository; ${route}`
  }
  if (found?.kind === 'folder')
    return `Put the copy at the top of a repository of its own and give me that; ${route}`
  return `Give me a clone of Kubespray, or of your fork of it, to judge that; ${route}`
}

function folderName(path: string): string {
  return path === '' ? '.' : path
}
