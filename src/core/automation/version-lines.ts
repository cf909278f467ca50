import { dependencyIn } from './update-bots.ts'

/** A line that sets the Kubernetes of a cluster. */
interface VersionLine {
  /** From 1. */
  readonly line: number
  /** Without `v`. */
  readonly version: string
  /** What Renovate is told to call it, where a comment there says so. */
  readonly dependency: string | undefined
}

const SET = /(?:^|[\s{,"'-])kube_version["']?\s*[:=]\s*["']?v?(\d+\.\d+\.\d+)/

/** The lines of a file that set `kube_version`, as YAML, INI or a command's `-e`. */
export function versionLines(text: string): readonly VersionLine[] {
  const lines = text.split('\n')
  return lines.flatMap((line, index): VersionLine[] => {
    const version = /^\s*(?:#|\/\/)/.test(line) ? undefined : SET.exec(line.slice(0, LONGEST))?.[1]
    if (version === undefined) return []
    const hash = line.indexOf('#')
    const dependency = dependencyIn(hash < 0 ? '' : line.slice(hash)) ?? dependencyIn(lines[index - 1] ?? '')
    return [{ line: index + 1, version, dependency }]
  })
}

const LONGEST = 2000
