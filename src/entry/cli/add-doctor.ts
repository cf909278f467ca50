import type { Command } from 'commander'
import type { DoctorOptions } from '../doctor/run-doctor.ts'
import { withHelp } from './with-help.ts'
import { OPTION, REPO } from './option.ts'

/** `multiarch doctor`: what would keep the tool from working in a clone, and what mends it. Writes nothing. */
export function addDoctor(program: Command, setCode: (code: number) => void): void {
  const command = program
    .command('doctor')
    .description('say what would keep this tool from working here, and the command that fixes it')
    .argument(...REPO)
    .option('--online', 'also ask whether the remotes and GitHub can be reached')
    .option(...OPTION.json)
  withHelp(command, {
    examples: [
      ['multiarch doctor', 'in a clone of the fork, before anything else'],
      ['multiarch doctor --online', 'with GITHUB_TOKEN set it also looks at settings of Actions'],
    ],
    codes: [
      [0, 'nothing is in the way of what was looked at'],
      [2, 'it cannot work here'],
      [3, 'something is to be looked at'],
    ],
    page: 'cli.md#multiarch-doctor-repo',
  })
  command.action(async (repo: string, options: DoctorOptions) => {
    const { runDoctor } = await import('../doctor/run-doctor.ts')
    setCode(await runDoctor(repo, options))
  })
}
