import { Command, CommanderError } from 'commander'
import { addBump } from './add-bump.ts'
import { addAddons } from './add-addons.ts'
import { addAudit } from './add-audit.ts'
import { addCarry } from './add-carry.ts'
import { addConfig } from './add-config.ts'
import { addDoctor } from './add-doctor.ts'
import { addExplain } from './add-explain.ts'
import { addForget } from './add-forget.ts'
import { addInit } from './add-init.ts'
import { addPlan } from './add-plan.ts'
import { addRelease } from './add-release.ts'
import { addRoute } from './add-route.ts'
import { addServe } from './add-serve.ts'
import { addSettle } from './add-settle.ts'
import { addSetup } from './add-setup.ts'
import { addUpgrade } from './add-upgrade.ts'
import { addVerify } from './add-verify.ts'
import { CODE, HELP_WIDTH, withHelp } from './with-help.ts'
import { EXIT } from '../commands/exit.ts'
import { endPassing, say, sayAside } from '../print/say.ts'
import { version } from '../print/version.ts'

const COMMANDS = [
  addPlan,
  addUpgrade,
  addExplain,
  addSettle,
  addForget,
  addBump,
  addAddons,
  addAudit,
  addVerify,
  addRelease,
  addRoute,
  addCarry,
  addConfig,
  addInit,
  addDoctor,
  addSetup,
  addServe,
]

/** Runs one command line, as `process.argv` holds it, and returns the exit code. */
export async function runCli(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.done
  let options: Options = {}
  const setCode = (value: number): void => {
    code = value
  }
  const program = programOf(setCode, (given) => {
    options = given
  })
  try {
    await program.parseAsync(argv)
    return code
  } catch (error) {
    // Commander has printed what was wrong with the command line; help and version end with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    const { reportFailure } = await import('../commands/report-failure.ts')
    return reportFailure(error, { argv, options })
  } finally {
    endPassing()
  }
}

/** What a command was called with, by the names that commander gives its options. */
type Options = Readonly<Record<string, unknown>>

/** Every command with its arguments and options. What a command does is loaded when it runs: `--help` needs nothing of it. */
export function programOf(
  setCode: (code: number) => void,
  onCall: (options: Options) => void = () => undefined,
): Command {
  const program = new Command('multiarch')
    .description("Carries a Kubespray fork's patches onto each new release")
    .version(version())
    .exitOverride()
    .configureHelp({ helpWidth: HELP_WIDTH })
    .showSuggestionAfterError()
    .configureOutput({ writeOut: say, writeErr: sayAside })
    .hook('preAction', async (_, command) => {
      onCall(command.opts())
      const { checkOptions } = await import('./check-options.ts')
      await checkOptions(command.name(), command.opts())
    })
  withHelp(program, {
    examples: [
      ['multiarch doctor', 'in a clone of your fork: can it work here?'],
      ['multiarch plan', 'where the fork stands, and the way up'],
      ['multiarch upgrade', 'the next step as a branch, ready to push'],
    ],
    codes: [CODE.done, CODE.wrong, [3, 'done, but a person is needed']],
    page: 'cli.md',
  })
  for (const add of COMMANDS) add(program, setCode)
  return program
}
