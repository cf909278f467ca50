import { AnsibleDoesNotStart, InstalledAnsible } from '../../adapters/ansible/installed-ansible.ts'
import { verify } from '../../app/verify/verify.ts'
import { brokenAnsible } from '../../core/explain/trouble/unfit-ansible.ts'
import { defined, optional } from '../../core/model/defined.ts'
import { Refusal } from '../../core/model/problem.ts'
import { isFine, type Verified } from '../../core/verify/verified.ts'
import { verifyBlocks } from '../../core/explain/texts/verify-blocks.ts'
import { verifyJson } from '../print/verify-json.ts'
import { progressLine } from '../print/progress-line.ts'
import { sayBlocks, sayJson } from '../print/say.ts'
import { catalogueCache } from '../cache/catalogue-cache.ts'
import { EXIT } from './exit.ts'
import { withClone } from './open-clone.ts'

export interface VerifyOptions {
  readonly rev?: string
  readonly cluster?: string
  readonly inventory?: string
  readonly upstream?: string
  readonly fork?: string
  readonly json?: true
  readonly quiet?: true
}

export async function runVerify(repo: string, options: VerifyOptions): Promise<number> {
  const progress = progressLine(options)
  const place = {
    path: repo,
    for: 'reading' as const,
    progress,
    ...defined({ upstream: options.upstream, fork: options.fork }),
  }
  const found = await withClone(place, async ({ store, upstreamRemotes, forkOf }) => {
    const tools = { store, ansible: new InstalledAnsible(process.env), cache: catalogueCache() }
    progress?.({ code: 'asking-ansible' })
    return unlessBroken(
      verify(tools, {
        upstreamRemotes,
        ...defined({ forkOf }),
        ...defined({ rev: options.rev, cluster: options.cluster }),
        ...optional(options.inventory, (inventory) => ({ inventories: [inventory.replace(/\/$/, '')] })),
      }),
    )
  })
  if (options.json) sayJson(verifyJson(found))
  else sayBlocks(verifyBlocks(found))
  return isFine(found) ? EXIT.done : EXIT.person
}

async function unlessBroken(work: Promise<Verified>): Promise<Verified> {
  try {
    return await work
  } catch (error) {
    if (error instanceof AnsibleDoesNotStart) throw new Refusal(brokenAnsible(error.message))
    throw error
  }
}
