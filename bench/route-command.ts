import { runCli } from '../src/entry/cli/run-cli.ts'
import type { Route } from '../src/core/plan/step.ts'
import { clusterOf, differenceOf, readCases, type Case } from './planner-truth.ts'

/**
 * Asks `multiarch route --json` for every worked route of a file of truths and prints those that differ.
 * Usage: `tsx bench/route-command.ts CLONE PLANNER-TRUTH.JSON`
 */
async function main([clone, truth]: readonly string[]): Promise<void> {
  if (clone === undefined || truth === undefined)
    throw new Error('usage: route-command.ts CLONE PLANNER-TRUTH.JSON')
  let [wrong, asked] = [0, 0]
  const from = performance.now()
  for (const each of readCases(truth)) {
    for (const [set, expected] of Object.entries(each.plans)) {
      const { code, out } = await run(commandOf(each, set, clone))
      const route = JSON.parse(out) as Route
      asked++
      const wanted = expected.ok ? 0 : 3
      const difference =
        differenceOf(route, expected, each) ??
        (code === wanted ? undefined : `expected exit code ${wanted}, got ${code}`)
      if (difference === undefined) continue
      wrong++
      console.log(`${each.name} (${set}): ${difference}`)
    }
  }
  const each = Math.round((performance.now() - from) / asked)
  console.log(`${wrong} of ${asked} routes differ, ${each} ms each`)
}

function commandOf({ start, target }: Case, set: string, clone: string): readonly string[] {
  const { architectures, containerManager } = clusterOf(set)
  return [
    ...['route', '--json', '--upstream', clone],
    ...['--from', start.kubespray, '--kubernetes', start.kube, '--to', target.kubespray],
    ...['--architectures', architectures.join(',')],
    ...(containerManager === undefined ? [] : ['--container-manager', containerManager]),
  ]
}

async function run(args: readonly string[]): Promise<{ code: number; out: string }> {
  const write = process.stdout.write.bind(process.stdout)
  let out = ''
  process.stdout.write = (chunk: string | Uint8Array) => ((out += String(chunk)), true)
  try {
    return { code: await runCli(['node', 'multiarch', ...args]), out }
  } finally {
    process.stdout.write = write
  }
}

await main(process.argv.slice(2))
