import type { Command } from 'commander'
import type { ReleaseOptions } from '../commands/run-release.ts'

/** `multiarch release`: what one release of Kubespray holds. */
export function addRelease(program: Command, setCode: (code: number) => void): void {
  program
    .command('release')
    .description('show what a release holds: Kubernetes versions by architecture, components, add-ons')
    .argument('<tag>', 'a release of Kubespray, `v2.31.0`')
    .option('--upstream <path or url>', "a clone with upstream's tags (default: the one this runs in)")
    .option('--report <file>', 'write it to a file as well (.html or .md)')
    .option('--json', 'print JSON')
    .action(async (tag: string, options: ReleaseOptions) => {
      const { runRelease } = await import('../commands/run-release.ts')
      setCode(await runRelease(tag, options))
    })
}
