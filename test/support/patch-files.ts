import { execFileSync } from 'node:child_process'
import { demoWorld, type World } from './demo.ts'

/** The demo's patches as text, in their order: what `git format-patch` writes of each commit that is no inventory's. */
export async function demoPatches(args: readonly string[] = []): Promise<readonly string[]> {
  const demo = await demoWorld()
  const commits = demo.git('rev-list', '--reverse', 'v2.8.0..main~1').split('\n')
  return commits.map((commit) =>
    execFileSync('git', ['-C', demo.path, 'format-patch', '-1', '--stdout', ...args, commit]).toString(),
  )
}

/** A patch as `diff -u` alone would write it, its names without any prefix. */
export function asPlainDiff(patch: string): string {
  const body = patch.slice(patch.indexOf('diff --git')).replace(/-- \n[\s\S]*$/, '')
  return body
    .replaceAll(/^(?:diff --git|index|similarity|new file) .*\n/gm, '')
    .replaceAll(/^(---|\+\+\+) [ab]\//gm, '$1 ')
}

/** The script that people apply patch files with; fails where one does not go on exactly. */
export function applied(upstream: World, release: string, patches: readonly string[], strip = 1): string {
  upstream.git('checkout', '--quiet', '--force', '--detach', release)
  for (const input of patches)
    execFileSync('patch', [`-p${strip}`, '--fuzz=0', '--no-backup-if-mismatch', '--silent'], {
      cwd: upstream.path,
      input,
    })
  upstream.git('add', '--all')
  return upstream.git('write-tree')
}

const SAID = {
  'v2.8.0': 'Run it from a machine that reaches every node over SSH.',
  'v2.9.0': 'Needs Ansible 2.7 and Python on the machine you start from, and SSH to all others.',
} as const

/** A patch of a line of the README that every release words anew, for one of them. */
export function collidingPatch(release: keyof typeof SAID = 'v2.8.0', said: string = SAID[release]): string {
  return [
    'Say where to start',
    '',
    '--- a/README.md',
    '+++ b/README.md',
    '@@ -4,2 +4,2 @@',
    ' ',
    `-${said}`,
    '+Start with the inventory of the home cluster.',
    '',
  ].join('\n')
}
