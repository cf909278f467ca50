import type { Command } from 'commander'
import type { StepTaker } from '../commands/run-step.ts'
import type { StepOptions } from '../commands/step-request.ts'
import { CODE, withHelp } from './with-help.ts'
import { REPO } from './option.ts'

/** A command that takes one step on a clone: `upgrade`, `bump`, `addons`. */
interface StepCommand<O extends StepOptions> {
  readonly name: string
  readonly description: string
  /** Flags with what they do, in the order in which the help shows them. */
  readonly options: readonly (readonly [flags: string, description: string])[]
  readonly examples: Parameters<typeof withHelp>[1]['examples']
  /** When it ends with 3. */
  readonly waits: string
  readonly page: string
  /** Loads what takes the step. */
  load(this: void): Promise<StepTaker<O>>
}

/** Adds a command of a step; how it opens the clone, tells and ends is the same for all of them. */
export function addStep<O extends StepOptions>(
  { name, description, options, examples, waits, page, load }: StepCommand<O>,
  program: Command,
  setCode: (code: number) => void,
): void {
  const command = program
    .command(name)
    .description(description)
    .argument(...REPO)
  for (const option of options) command.option(...option)
  withHelp(command, { examples, codes: [CODE.done, CODE.wrong, [3, waits]], page })
  command.action(async (repo: string, options: O) => {
    const { runStep } = await import('../commands/run-step.ts')
    setCode(await runStep({ name, repo, options }, load))
  })
}
