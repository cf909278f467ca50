import type { Claim, LayoutChoice, LayoutQuestion, NoLayout } from '../../layout/layout-choice.ts'
import type { Gitlink, LayoutPlaces, Pin } from '../../layout/layout.ts'
import { clusterSettings } from '../blocks/cluster-settings.ts'
import type { FoundCluster } from '../../layout/scope/clusters-found.ts'
import { optional } from '../../model/defined.ts'
import { writeLayoutSetting, type LayoutSetting } from '../../model/layout-setting.ts'
import { short } from '../../model/oid.ts'
import type { Problem } from '../../model/problem.ts'
import { enumerated, someOf } from '../../text/enumerated.ts'
import { gitlinkPhrase, placeOf, placesOf } from '../layout-sentence.ts'
import { code } from '../blocks/plain.ts'
import { plural } from '../plural.ts'

/** Why a repository cannot be worked on as it is: what was found, where, and what would help. */
export function refuseLayout(
  choice: Exclude<LayoutChoice, { kind: 'layout' }>,
  places: LayoutPlaces,
  clusters: readonly FoundCluster[] = [],
): Problem {
  const message = choice.kind === 'question' ? ask(choice.question, places) : sayNone(choice.why, places)
  const at = choice.kind === 'question' ? 'layout-unclear' : choice.why.code
  const settings = clusterSettings(clusters)
  const several = clusters.length > 0 ? ` ${severalClusters(clusters)}` : ''
  return {
    code: at === 'nothing' ? 'no-kubespray' : at,
    message: `${message}${several}`,
    ...optional(settings.length > 0, () => ({ settings })),
  }
}

function severalClusters(clusters: readonly FoundCluster[]): string {
  const names = enumerated(clusters.map(({ name }) => code(name)))
  return `If they are ${clusters.length} clusters, as their inventories look (${names}), name each with what is its own under \`clusters\` there.`
}

/** Whether anything of a tree is Kubespray's. */
export function speaksOfKubespray({
  folders,
  gitlinks,
  missingGitlinks,
  pins,
  inventories,
}: LayoutPlaces): boolean {
  const isNamed = gitlinks.some(({ named }) => named !== undefined)
  return isNamed || folders.length + missingGitlinks.length + pins.length + inventories.length > 0
}

/** A repository that has Kubespray elsewhere needs upstream's releases to be planned. */
export function withoutReleases(places: LayoutPlaces): Problem {
  const found = [
    ...places.folders.map((path) => `a copy of Kubespray in ${code(path)}`),
    ...places.gitlinks.filter(({ named }) => named !== undefined).map(gitlinkPhrase),
    ...(places.pins.length > 0 ? [`its release named at ${enumerated(placesOf(places.pins))}`] : []),
    ...someOf(places.inventories.map(inventoryPhrase), 3),
  ]
  return {
    code: 'no-releases',
    message: `I found ${enumerated(found)}. Upstream’s releases are not here and could not be fetched, so I cannot tell which one that is, nor what comes after it; name a clone or URL that has them with \`--upstream\`.`,
  }
}

function inventoryPhrase(path: string): string {
  return `the inventory ${folderPhrase(path)}`
}

function folderPhrase(path: string): string {
  return code(path === '' ? '.' : path)
}

function ask(question: LayoutQuestion, places: LayoutPlaces): string {
  switch (question.code) {
    case 'disagree': {
      const said = enumerated(question.claims.map(claimPhrase))
      const answers = orList(question.answers)
      const help =
        answers === ''
          ? 'Make them agree, and I go on from there.'
          : `Make them agree, or say which one is run with ${answers} in ${SETTINGS}.`
      return `This repository names Kubespray in places that do not agree: ${said}. I act on none of them. ${help}`
    }
    case 'which-release': {
      if (question.pins.length === 0) return askIfRun(question.inventories, places)
      const where = question.pins.length > 0 ? ` (${enumerated(placesOf(question.pins))})` : ''
      const [first] = question.pins
      const found =
        first?.says.kind === 'branch'
          ? `Kubespray is taken from ${first.says.branch === '' ? 'no release in particular' : `the branch ${code(first.says.branch)}`}${where}, so the release that is run is not in this repository, and two runs of it may not be the same.`
          : notRun(question.pins, places)
      const inventories =
        question.inventories.length > 0 ? ` ${inventoriesSentence(question.inventories)}` : ''
      const pin = first?.says.kind === 'branch' ? ' My first step then pins it.' : ''
      return `${found}${inventories} Say which release the cluster runs with ${code('base: vX.Y.Z')} in ${SETTINGS}.${pin}`
    }
    case 'unknown-commit':
      return `I cannot tell whose commit this is: ${atPhrase(question.at)}. Neither this repository nor the upstream that I know has it. Fetch upstream’s newer commits, or name a repository that has it with \`--upstream\`.`
    case 'not-there': {
      const answers = orList(question.answers)
      const found = answers === '' ? 'I found nothing that it could be.' : `I found ${answers}.`
      return `The settings say ${code(`layout: ${writeLayoutSetting(question.setting)}`)}, and there is no such thing in this repository. ${found}`
    }
  }
}

/** It is named, and by nothing that tells which release is run. */
function notRun(pins: readonly Pin[], places: LayoutPlaces): string {
  const released = pins.filter(({ says }) => says.kind === 'release')
  const values = [...new Set(released.map(({ value }) => code(value)))]
  const told =
    released.length > 0
      ? `; ${enumerated(placesOf(released))} ${released.length === 1 ? 'tells' : 'tell'} of ${enumerated(values)}, and I know of nothing that runs that`
      : ` (${enumerated(placesOf(pins))})`
  return `Nothing that I read here says which release of Kubespray is run${told}.${readSentence(places)}`
}

/** An inventory may be of anything that Ansible is used for. */
function askIfRun(inventories: readonly string[], places: LayoutPlaces): string {
  return `I found nothing here that names Kubespray: ${LOOKED_FOR}.${readSentence(places)} ${inventoriesSentence(inventories)} If that is run with Kubespray, say which release with ${code('base: vX.Y.Z')} in ${SETTINGS}. If the cluster is installed in another way (kubeadm itself, k3s), there is nothing for me to do here.`
}

const LOOKED_FOR =
  'no files of it, and no submodule, image, collection, clone, archive or link of its in what I read'

function inventoriesSentence(inventories: readonly string[]): string {
  return `I found ${plural(inventories.length, 'inventory', 'inventories')}: ${enumerated(someOf(inventories.map(folderPhrase), 5))}.`
}

/** Nobody should take for looked at what was not. */
function readSentence({ read = 0, unread = [] }: LayoutPlaces): string {
  if (unread.length === 0) return read > 0 ? ` I read ${plural(read, 'file')} that might say so.` : ''
  const names = enumerated(someOf(unread.map(code), 5))
  return ` I read ${plural(read, 'file')} that might say so, and not ${names}: too large, no text, or behind what is likelier.`
}

const SETTINGS = '`.github/multiarch.yml`'

function orList(answers: readonly LayoutSetting[]): string {
  return answers.map((each) => code(`layout: ${writeLayoutSetting(each)}`)).join(' or ')
}

function claimPhrase(claim: Claim): string {
  switch (claim.kind) {
    case 'root':
      return 'its files stand at the top'
    case 'folder':
      return `its files stand in ${code(claim.path)}${claim.release === undefined ? '' : ` (${claim.release})`}`
    case 'submodule':
      return `the submodule ${code(claim.gitlink.path)} is at ${claim.release ?? short(claim.gitlink.commit)}`
    case 'pin':
      return pinPhrase(claim.pin)
    case 'settings':
      return `\`base\` in the settings says ${code(claim.release)}`
  }
}

function sayNone(why: NoLayout, places: LayoutPlaces): string {
  switch (why.code) {
    case 'own-fork':
      return `This repository runs a fork of Kubespray: ${atPhrase(why.at)}, which is no commit of upstream’s. Moving it needs two steps, the fork first and then this pin, and I cannot make both yet. Run me on the fork, and move the pin here to the commit that its step was merged as.`
    case 'only-told':
      return `Kubespray’s release is named in ${enumerated(placesOf(why.pins))}, which I read and do not write. Change it there by hand; ${ROUTE}`
    case 'missing-gitlink':
      return `\`.gitmodules\` (line ${why.line}) names a submodule of Kubespray at ${code(why.path)} (${code(why.url)}), and the tree has no such entry, so which commit is run is not in this repository. Add it (\`git submodule add ${why.url} ${why.path}\`), or take the section out and say ${code('base: vX.Y.Z')} in ${SETTINGS}.`
    case 'nothing':
      return nothing(places)
  }
}

function nothing(places: LayoutPlaces): string {
  const { inventories, folders } = places
  const found = [
    ...folders.map((path) => `a copy in ${code(path)}`),
    ...someOf(inventories.map(inventoryPhrase), 5),
  ]
  const what =
    found.length > 0
      ? `I found ${enumerated(found)}, and nothing that says which Kubespray is run.`
      : `${LOOKED_FOR}, nor an inventory.`
  return `I found no Kubespray in this repository: ${what}${readSentence(places)} Give me a repository that deploys with it, or name the branch that does; ${ROUTE}`
}

const ROUTE =
  '`multiarch route --from TAG --kubernetes VERSION --architectures LIST` plans the way up without a repository.'

function atPhrase(at: Gitlink | Pin): string {
  return 'commit' in at ? gitlinkPhrase(at) : pinPhrase(at)
}

function pinPhrase(pin: Pin): string {
  return `${placeOf(pin)} says ${pin.value === '' ? 'no release' : code(pin.value)}`
}
