import { constants, existsSync } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import {
  badBranchName,
  badRegistry,
  emptyOption,
  fileThere,
  optionAlone,
  reportFormat,
  sameFile,
  unwritableFile,
} from '../../core/explain/trouble/option-alone.ts'
import { reasonOf } from '../../core/explain/trouble/git-trouble.ts'
import { Refusal, type Problem } from '../../core/model/problem.ts'
import { isRegistry, listedRegistries } from '../../core/model/image-name.ts'
import { isBranchName } from '../../core/model/is-branch-name.ts'
import { flagOf } from '../delivery/command-line.ts'

/** The options of any command, by the names that commander gives them. */
type Options = Readonly<Record<string, unknown>>

/** Files that are written at the very end, by option. */
const FILES = [
  ['report', '--report'],
  ['imageWorkflow', '--image-workflow'],
  ['file', '--file'],
] as const

/** Those that one command may write both of. */
const REPORTS = FILES.slice(0, 2)

/** Refuses what could only fail after something was written: asked of every command's options before it begins. */
export async function checkOptions(command: string, options: Options): Promise<void> {
  const problems = [...plainProblems(command, options)]
  for (const [key, option] of FILES) {
    const file = options[key]
    const why = typeof file === 'string' && file !== '' ? await whyNotWritable(file) : undefined
    if (why !== undefined) problems.push(unwritableFile(option, String(file), why))
  }
  const { imageWorkflow } = options
  if (problems.length === 0 && typeof imageWorkflow === 'string' && existsSync(imageWorkflow))
    problems.push(fileThere('--image-workflow', imageWorkflow))
  const [one, other] = REPORTS.map(([key]) => options[key])
  if (typeof one === 'string' && typeof other === 'string' && resolve(one) === resolve(other))
    problems.push(sameFile(one))
  if (problems.length > 0) throw new Refusal(problems)
}

function* plainProblems(command: string, options: Options): Generator<Problem> {
  for (const [key, value] of Object.entries(options)) if (value === '') yield emptyOption(flagOf(key))
  const { as, fix, report } = options
  yield* registryProblems(options)
  if (typeof as === 'string' && as !== '' && !isBranchName(as)) yield badBranchName('--as', as)
  if (command === 'audit' && as !== undefined && fix === undefined) yield optionAlone('--as', '--fix')
  if (typeof report === 'string' && report !== '' && !/\.(?:md|html)$/.test(report))
    yield reportFormat(report)
}

function* registryProblems({ registry, checkImages, imageWorkflow }: Options): Generator<Problem> {
  if (typeof registry !== 'string' || registry === '') return
  const wrong = listedRegistries(registry).filter((name) => !isRegistry(name))
  if (wrong.length > 0) yield* wrong.map(badRegistry)
  else if (checkImages === undefined && imageWorkflow === undefined)
    yield optionAlone('--registry', '--check-images')
}

/** The reason why a file could not be written there; nothing is made to find out. */
async function whyNotWritable(file: string): Promise<string | undefined> {
  const path = resolve(file)
  try {
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    if (found?.isDirectory()) return reasonOf('EISDIR')
    if (found) await access(path, constants.W_OK)
    else await access(dirname(path), constants.W_OK | constants.X_OK)
    return undefined
  } catch (error) {
    return reasonOf((error as NodeJS.ErrnoException).code ?? String(error))
  }
}
