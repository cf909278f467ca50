import type { Config } from '../../../core/config/resolve-config.ts'
import { ofCluster } from '../../../core/explain/trouble/which-cluster.ts'
import { Refusal } from '../../../core/model/problem.ts'

/** What is refused of one cluster where several are worked on says which one it is. */
export async function namingCluster<T>(
  { cluster }: Pick<Config, 'cluster'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!cluster || !(error instanceof Refusal)) throw error
    throw new Refusal(error.problems.map((each) => ofCluster(each, cluster.name)))
  }
}
