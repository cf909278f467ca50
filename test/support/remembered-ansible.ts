import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { vi } from 'vitest'
import { ansibleMissing } from './ansible.ts'
import { oncePerRun } from './once-per-run.ts'
import { multiarch } from './run-multiarch.ts'

/** Runs `multiarch verify` with an Ansible that is asked each question once a run of the tests. */
export async function verify(...args: readonly string[]): ReturnType<typeof multiarch> {
  if (ansibleMissing() === undefined)
    vi.stubEnv('PATH', `${await rememberedAnsible()}${delimiter}${process.env['PATH']}`)
  return multiarch('verify', ...args)
}

/**
 * A folder with Ansible's programs that remember: what was asked before of the same files, with the same arguments and the same
 * environment, gets the answer of then. Ansible takes half a second for any; most cases differ from another in one of four questions.
 */
function rememberedAnsible(): Promise<string> {
  return oncePerRun('ansible', async (folder) => {
    mkdirSync(join(folder, 'answers'))
    for (const name of ['ansible-playbook', 'ansible-inventory']) {
      const real = execFileSync('which', [name], { encoding: 'utf8' }).trim()
      writeFileSync(join(folder, name), remembering(real))
      chmodSync(join(folder, name), 0o755)
    }
  })
}

/** Files lie in `t` and `own` beside each other; the folder of both is another one every time, so it stands as `@ROOT@` in what is kept. */
const remembering = (real: string): string => `#!/bin/sh
root=$(dirname "$PWD")
kept=$(dirname "$0")/answers
asked() {
  printf '%s\\0' '${real}' "$@"
  env -u _ -u SHLVL -u OLDPWD | sort
  cd "$root" && find t own -path own/home -prune -o -path own/tmp -prune -o -type f -print0 | sort -z | xargs -0 sha1sum
}
key=$kept/$(asked "$@" | sed "s|$root|@ROOT@|g" | sha1sum | cut -d ' ' -f 1)
if [ ! -f "$key.status" ]; then
  '${real}' "$@" > "$key.$$.out" 2> "$key.$$.err"
  echo $? > "$key.$$.status"
  for part in out err status; do
    sed "s|$root|@ROOT@|g" "$key.$$.$part" > "$key.$$.new" && mv "$key.$$.new" "$key.$part"
    rm "$key.$$.$part"
  done
fi
sed "s|@ROOT@|$root|g" "$key.out"
sed "s|@ROOT@|$root|g" "$key.err" >&2
exit "$(cat "$key.status")"
`
