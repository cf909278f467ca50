import type { Automation } from '../../core/automation/automation.ts'
import { startedBy } from '../../core/automation/started-by.ts'
import { botOfBranch, UPDATE_BOT_FILES, updateBots } from '../../core/automation/update-bots.ts'
import type { BotBranch } from '../../core/automation/bot-branch.ts'
import { versionLines } from '../../core/automation/version-lines.ts'
import { CONFIG_PATH } from '../../core/config/config-path.ts'
import { holdsKubespray } from '../../core/layout/holds-kubespray.ts'
import { isInside, nameOf } from '../../core/model/parent-of.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { ForkPlan } from '../plan/plan-fork.ts'
import type { CatalogueStore } from '../plan/load-catalogue.ts'
import { readTexts } from '../repository/read-texts.ts'
import { readBotBranch } from './read-bot-branch.ts'

type AutomationStore = CatalogueStore & { readonly objects: ObjectStore }

/** Reads it of a fork that is planned already. */
export async function readAutomation(store: AutomationStore, plan: ForkPlan): Promise<Automation> {
  const { objects } = store
  const { repository, branch, fork, clusters } = plan
  const { standing } = fork
  const tree = await objects.readTree(branch.head)
  const files = UPDATE_BOT_FILES.filter((path) => isOwn(path, tree, fork.baseTree))
  const bots = files.length > 0 ? (await readTexts(objects, tree, files)).texts : new Map<string, string>()
  const set = clusters
    .flatMap(({ texts }) => [...texts])
    .map(([path, text]) => [path, versionLines(text)] as const)
  const lines = set.flatMap(([, each]) => each)
  const named = lines.flatMap(({ dependency }) => dependency ?? [])
  const dependencies = [...new Set(named.length > 0 ? named : ['kubernetes/kubernetes'])]
  const places = [...new Set(set.filter(([, each]) => each.length > 0).map(([path]) => path))]
  const touches = ecosystemsOf(plan)
  const branches: BotBranch[] = []
  const theirs = [...repository.branches].filter(([name]) => botOfBranch(name) !== undefined)
  for (const [name, head] of theirs.slice(0, MOST_BRANCHES)) {
    const found = await readBotBranch(store, plan, { name, head, tree })
    if (found) branches.push(found)
  }
  return {
    applied: standing.applied,
    onSettings: startedBy(standing.applied, [CONFIG_PATH]),
    bots: updateBots(bots, dependencies).map((bot) => ({
      ...bot,
      dependencies,
      places,
      touches: bot.ecosystems.filter((each) => touches.includes(each)),
    })),
    branches,
  }
}

/** Bots have hundreds of branches in some repositories; the first are looked into. */
const MOST_BRANCHES = 30

/** In a fork upstream's own settings are nobody's here. */
function isOwn(path: string, tree: Tree, base: Tree): boolean {
  const entry = tree.get(path)
  return entry !== undefined && !(holdsKubespray(tree) && base.get(path)?.oid === entry.oid)
}

/** What Dependabot calls the kinds of files in which a layout names Kubespray. */
function ecosystemsOf({ fork }: ForkPlan): readonly string[] {
  const { layout } = fork.standing
  if (layout.kind === 'submodule')
    return ['gitsubmodule', ...layout.twins.map(({ file }) => ecosystemOf(file))]
  return layout.kind === 'pin' ? layout.pins.map(({ file }) => ecosystemOf(file)) : []
}

function ecosystemOf(file: string): string {
  if (/\.ya?ml$/.test(file) && nameOf(file).includes('compose')) return 'docker-compose'
  if (/file[^/]*$/i.test(file) && /(?:docker|container)file/i.test(file)) return 'docker'
  if (isInside(file, '.github')) return 'github-actions'
  return file.endsWith('.tf') ? 'terraform' : 'none'
}
