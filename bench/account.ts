import { parseArgs } from 'node:util'
import { overlay } from '../src/app/carry/overlay.ts'
import { readFork } from '../src/app/repository/read-fork.ts'
import { carrySeries } from '../src/app/carry/carry-series.ts'
import type { Oid } from '../src/core/model/oid.ts'
import type { Fork } from '../src/app/repository/find-series.ts'
import { sumsOf, type Account } from '../src/core/series/account/account.ts'
import { withClone } from '../src/entry/commands/open-clone.ts'
import type { ObjectStore } from '../src/ports/object-store.ts'
import {
  accounted,
  FAULTS,
  namesFile,
  naming,
  plant,
  plantWhole,
  type Accounted,
} from '../test/support/plant.ts'
import { randomFork } from '../test/support/random-fork.ts'
import { randomBy } from '../test/support/random.ts'

/**
 * Does the account of a series find what is wrong, and nothing else? Carries random series (`--cases 2000 [--from 1]`), or one of a
 * real fork (`--repo <clone> --branch B --onto TAG`), accounts for them as they are, then drops, doubles or brings back one hunk of
 * the result and accounts again. Of those not named exactly, `more` names lines beside the planted ones, `less` some of them, and
 * `missed` none. `--forms` prints the lines that are placed in another form, `--list` every case that is not named
 * exactly, `--files` makes forks in which whole files change too (and undoes such a change of one), `--plants N` how many faults of each kind are put into a real series.
 */
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    files: { type: 'boolean', default: false },
    repo: { type: 'string' },
    branch: { type: 'string' },
    onto: { type: 'string' },
    plants: { type: 'string', default: '30' },
    forms: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
})

const total = {
  lines: 0,
  forms: 0,
  unplaced: 0,
  planted: 0,
  exact: 0,
  ambiguous: 0,
  more: 0,
  less: 0,
  missed: 0,
  files: 0,
  filesNamed: 0,
}

if (values.repo) await real(values.repo)
else await made()
console.log(JSON.stringify(total))

async function made(): Promise<void> {
  const from = Number(values.from)
  for (let seed = from; seed < from + Number(values.cases); seed++) {
    const { store, read, onto } = await randomFork(seed, { wholeFiles: values.files })
    const account = await accountOf(store, read.fork, onto.commit)
    tell(`seed ${seed}`, account)
    const random = randomBy(seed * 7)
    const fault = FAULTS[seed % FAULTS.length] ?? 'dropped'
    judge(`seed ${seed}`, account, fault, random)
    judgeWhole(`seed ${seed}`, account, random)
  }
}

async function real(path: string): Promise<void> {
  const { branch, onto } = values
  await withClone({ path, for: 'reading' }, async ({ store, upstreamRemotes }) => {
    const read = await readFork(store, { upstreamRemotes, ...(branch && { branch }) })
    const found = [...read.repository.releases].find(([tag]) => tag === onto)
    if (!found) throw new Error(`there is no release ${onto}`)
    const account = await accountOf(store, read.fork, found[1])
    const name = `${path} ${branch} → ${onto}`
    tell(name, account)
    const random = randomBy(1)
    for (const fault of FAULTS)
      for (let n = 0; n < Number(values.plants); n++) judge(name, account, fault, random)
  })
}

async function accountOf(store: ObjectStore, fork: Fork, onto: Oid): Promise<Accounted> {
  const tree = await store.readTree(onto)
  const carried = await carrySeries(store, fork, { commit: onto, tree })
  return accounted(overlay(store, carried.newBlobs), {
    ...{ base: fork.baseTree, head: fork.headTree, release: tree, result: carried.tree },
    ...{ patches: carried.patches, leftOut: fork.series.leftOut },
  })
}

function tell(name: string, { account }: Accounted): void {
  const sums = sumsOf(account)
  total.lines += sums.lines
  total.forms += sums.inAnotherForm
  total.unplaced += sums.unaccounted
  if (values.repo || values.list || sums.unaccounted > 0) console.log(`${name}: ${JSON.stringify(sums)}`)
  for (const { kind, file, line, text } of account.unplaced) console.log(`  ${kind} ${file}:${line} ${text}`)
  if (values.forms) for (const row of formsIn(account)) console.log(row)
}

function formsIn({ lines }: Account): readonly string[] {
  return lines.flatMap(({ text, place }) =>
    'form' in place && place.form !== undefined ? [`  ~ ${text.trim()}\n    ${place.form.trim()}`] : [],
  )
}

function judge(
  name: string,
  whole: Accounted,
  fault: (typeof FAULTS)[number],
  random: ReturnType<typeof randomBy>,
): void {
  const planted = plant(whole, fault, random)
  if (!planted) return
  total.planted++
  const { how, named } = naming(whole, planted)
  total[how]++
  if (how === 'exact' || !values.list) return
  console.log(`${name}: ${how}: ${fault} in ${planted.file}`)
  console.log(`  expected ${JSON.stringify(planted.expected)}\n  named    ${JSON.stringify(named)}`)
}

function judgeWhole(name: string, whole: Accounted, random: ReturnType<typeof randomBy>): void {
  const planted = plantWhole(whole, random)
  if (!planted) return
  total.files++
  if (namesFile(whole, planted)) total.filesNamed++
  else if (values.list) console.log(`${name}: not named: ${planted.file} as the release has it`)
}
