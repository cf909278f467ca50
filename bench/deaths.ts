import { parseArgs } from 'node:util'
import { SHAPES, type ShapeName } from '../test/github/shapes.ts'
import { bundledCli } from '../test/support/bundled-cli.ts'
import { deathsInAction, deathsInProcess, type Death } from '../test/support/deaths.ts'
import { deathsOfWorkers } from '../test/support/deaths-of-workers.ts'

/**
 * A process that ends at each request between a command's webhook and its answer, before the request's effect and after it: the command
 * must be done once and answered once, by the next look. `npx tsx bench/deaths.ts [app|action|workers …] [--fault cut-connection]`, all
 * three where none is named; with `--fault` workers live, and GitHub answers them so once. In the App and the Action the process is dead to GitHub (nothing is heard of it from that request on) and a fresh one looks an
 * hour later; workers are processes on a Redis of the bench's own, and are killed.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { fault: { type: 'string', default: 'killed' } },
})
const { fault } = values
if (fault !== 'killed' && !(fault in SHAPES)) {
  console.error(`I do not know ${fault}; there are killed, ${Object.keys(SHAPES).join(', ')}.`)
  process.exit(2)
}

const FORMS: Readonly<Record<string, () => Promise<readonly (readonly [string, readonly Death[]])[]>>> = {
  app: () =>
    each(
      'the App in one process',
      ['/multiarch help', '/multiarch hold', '/multiarch recreate'],
      deathsInProcess,
    ),
  action: () => each('the Action', ['/multiarch hold', '/multiarch recreate'], deathsInAction),
  workers: async () => {
    const cli = await bundledCli()
    try {
      const met = await deathsOfWorkers(cli.path, fault as ShapeName | 'killed')
      return [[`workers on Redis, ${fault}: \`/multiarch hold\` and \`resume\` in turn`, met]]
    } finally {
      cli.remove()
    }
  },
}

const wanted = positionals.length > 0 ? positionals : Object.keys(FORMS)
console.log('| form, command | faults | done once and answered once | not |')
console.log('| --- | ---: | ---: | ---: |')
const wrong: string[] = []
for (const name of wanted) {
  const form = FORMS[name]
  if (!form) throw new Error(`there is no ${name}; there are ${Object.keys(FORMS).join(', ')}`)
  for (const [title, deaths] of await form()) {
    const not = deaths.filter(({ equal, answers }) => !equal || answers !== 1)
    console.log(`| ${[title, deaths.length, deaths.length - not.length, not.length].join(' | ')} |`)
    for (const { call, when, kind, answers, equal } of not)
      wrong.push(
        `${title}: ${when} call ${call} (${kind}): ${answers} answers, ${equal ? 'equal' : 'not equal'}`,
      )
  }
}
for (const line of wrong) console.log(`- ${line}`)
process.exitCode = wrong.length > 0 ? 1 : 0

async function each(
  title: string,
  commands: readonly string[],
  walk: (command: string) => Promise<readonly Death[]>,
): Promise<readonly (readonly [string, readonly Death[]])[]> {
  const all: (readonly [string, readonly Death[]])[] = []
  for (const command of commands) all.push([`${title}: \`${command}\``, await walk(command)])
  return all
}
