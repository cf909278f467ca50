#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { addCarry } from './command-carry.ts'
import { addPlan } from './command-plan.ts'
import { addUpgrade } from './command-upgrade.ts'
import { EXIT, report } from './exit.ts'

/** The `multiarch` command: finds the command line's door and turns what came of it into an exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('multiarch')
    .description("Carries a Kubespray fork's patches onto each new release")
    .exitOverride()
    .showSuggestionAfterError()
  let code: number = EXIT.done
  const setCode = (value: number): void => {
    code = value
  }
  for (const add of [addPlan, addUpgrade, addCarry]) add(program, setCode)
  try {
    await program.parseAsync(argv)
    return code
  } catch (error) {
    // Commander has printed what was wrong with the command line; help and version end with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    return report(error, argv)
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads our output may stop early (`| head`); that is no failure of ours.
  if (error.code === 'EPIPE') process.exit(EXIT.done)
  throw error
})
process.exitCode = await main(process.argv)
