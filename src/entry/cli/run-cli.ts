import { Command, CommanderError } from 'commander'
import { addBump } from './add-bump.ts'
import { addAddons } from './add-addons.ts'
import { addAudit } from './add-audit.ts'
import { addCarry } from './add-carry.ts'
import { addConfig } from './add-config.ts'
import { addExplain } from './add-explain.ts'
import { addPlan } from './add-plan.ts'
import { addRelease } from './add-release.ts'
import { addRoute } from './add-route.ts'
import { addServe } from './add-serve.ts'
import { addUpgrade } from './add-upgrade.ts'
import { addVerify } from './add-verify.ts'
import { EXIT } from '../commands/exit.ts'
import { say, sayAside } from '../print/say.ts'
import { version } from '../print/version.ts'

const COMMANDS = [
  addPlan,
  addUpgrade,
  addExplain,
  addBump,
  addAddons,
  addAudit,
  addVerify,
  addRelease,
  addRoute,
  addCarry,
  addConfig,
  addServe,
]

/** Runs one command line, as `process.argv` holds it, and returns the exit code. */
export async function runCli(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.done
  const program = programOf((value) => {
    code = value
  })
  try {
    await program.parseAsync(argv)
    return code
  } catch (error) {
    // Commander has printed what was wrong with the command line; help and version end with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    const { reportFailure } = await import('../commands/report-failure.ts')
    return reportFailure(error, argv)
  }
}

/** Every command with its arguments and options. What a command does is loaded when it runs: `--help` needs nothing of it. */
export function programOf(setCode: (code: number) => void): Command {
  const program = new Command('multiarch')
    .description("Carries a Kubespray fork's patches onto each new release")
    .version(version())
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ writeOut: say, writeErr: sayAside })
    .hook('preAction', async (_, command) => {
      const { checkOptions } = await import('./check-options.ts')
      await checkOptions(command.name(), command.opts())
    })
  for (const add of COMMANDS) add(program, setCode)
  return program
}
