import { architectureNames, readArchitecture, type Architecture } from '../../core/model/architecture.ts'
import { nearest } from '../../core/model/nearest.ts'
import { Refusal } from '../../core/model/problem.ts'

/** Architectures as a person lists them, `amd64,aarch64`. An unknown one is refused with the nearest that is known. */
export function readArchitectures(written: string): readonly Architecture[] {
  const names = written.split(/[\s,+]+/).filter((name) => name !== '')
  if (names.length === 0)
    throw new Refusal({
      code: 'unknown-architecture',
      message: 'Name at least one architecture with `--architectures`, as in `amd64,arm64`.',
    })
  return [...new Set(names.map(known))]
}

function known(name: string): Architecture {
  const found = readArchitecture(name)
  if (found) return found
  const meant = nearest(name, architectureNames())
  const hint = meant ? `Did you mean \`${meant}\`?` : `Known are ${architectureNames().join(', ')}.`
  throw new Refusal({
    code: 'unknown-architecture',
    message: `\`${name}\` (\`--architectures\`) is no architecture that Kubespray has downloads for. ${hint}`,
  })
}
