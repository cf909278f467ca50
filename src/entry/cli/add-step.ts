import type { Command } from 'commander'
import type { StepTaker } from '../commands/run-step.ts'
import type { StepOptions } from '../commands/step-request.ts'

/** A command that takes one step on a clone: `upgrade`, `bump`, `addons`. */
interface StepCommand<O extends StepOptions> {
  readonly name: string
  readonly description: string
  /** Flags with what they do, in the order in which the help shows them. */
  readonly options: readonly (readonly [flags: string, description: string])[]
  /** Loads what takes the step. */
  load(this: void): Promise<StepTaker<O>>
}

/** Adds a command of a step; how it opens the clone, tells and ends is the same for all of them. */
export function addStep<O extends StepOptions>(
  { name, description, options, load }: StepCommand<O>,
  program: Command,
  setCode: (code: number) => void,
): void {
  const command = program
    .command(name)
    .description(description)
    .argument('<repo>', 'path of a clone; its working tree is not needed and not touched')
  for (const option of options) command.option(...option)
  command.action(async (repo: string, given: O) => {
    const [{ runStep }, take] = await Promise.all([import('../commands/run-step.ts'), load()])
    setCode(await runStep(repo, given, take))
  })
}
