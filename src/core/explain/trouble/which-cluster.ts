import { nearest } from '../../model/nearest.ts'
import type { Problem } from '../../model/problem.ts'
import { enumerated } from '../../text/enumerated.ts'
import { code } from '../blocks/plain.ts'

/** A step can be taken of one cluster only. */
export function whichCluster(names: readonly string[]): Problem {
  const [first = ''] = names
  return {
    code: 'which-cluster',
    message: `This repository has several clusters: ${enumerated(names.map(code))}. Say which one is meant, such as ${code(`--cluster ${first}`)}.`,
  }
}

/** A cluster that the settings do not name. */
export function noSuchCluster(name: string, names: readonly string[]): Problem {
  const meant = nearest(name, names)
  const hint = meant === undefined ? '' : ` Did you mean ${code(meant)}?`
  const known = names.length === 0 ? 'name no `clusters`' : `name ${enumerated(names.map(code))}`
  return {
    code: 'no-such-cluster',
    message: `I know no cluster ${code(name)}: the settings ${known}.${hint}`,
  }
}

/** A pull request from before the settings named several clusters. */
export function pullOfAll(names: readonly string[]): Problem {
  return {
    code: 'which-cluster',
    message: `This pull request is of the repository as a whole, and by now its settings name several clusters: ${enumerated(names.map(code))}. Each has pull requests of its own; close this one.`,
  }
}

/** Settings of a branch that is worked on, where those of the default branch know of no clusters. */
export function clustersElsewhere(branch: string): Problem {
  return {
    code: 'clusters-elsewhere',
    message: `The settings on ${code(branch)} name \`clusters\`, and those that count are on the default branch, which names none. Put them there.`,
  }
}

/** A file that a step of one cluster would change, and that is not its own. */
export function sharedFile(cluster: string, files: readonly string[]): Problem {
  return {
    code: 'shared-file',
    message: `A step of the cluster ${code(cluster)} would have to change ${enumerated(files.slice(0, 5).map(code))}, not its own: other clusters may read that, so I leave it and take no step. Give each cluster files of its own, or name a ${code('folder')} that holds them under ${code(`clusters.${cluster}`)} in the settings.`,
  }
}

/** The same problem, of one cluster of several. */
export function ofCluster(problem: Problem, name: string | undefined): Problem {
  const head = `Cluster ${code(name ?? '')}: `
  const isSaid = name === undefined || problem.message.startsWith(head)
  return isSaid ? problem : { ...problem, message: `${head}${problem.message}` }
}
