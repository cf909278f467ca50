import { readArchitecture, type Architecture } from '../model/architecture.ts'

/** An architecture written out in a name: `amd64` in `etcd-linux-amd64.tar.gz`. */
export interface ArchitectureWord {
  readonly word: string
  readonly architecture: Architecture
}

/** Longer names come first, so that `armv7l` is not read as `arm`. A lone `arm` is left out: too short to mean one thing. */
const WORDS =
  /(?<![A-Za-z0-9])(amd64|x86_64|x86-64|arm64|aarch64|armhf|armv7l?|armv6l|ppc64le|ppc64el|s390x)(?![A-Za-z0-9])/g

/** The architectures that a name writes out. */
export function wordsIn(text: string): readonly ArchitectureWord[] {
  return [...text.matchAll(WORDS)].flatMap(([, word = '']) => {
    const architecture = readArchitecture(word.replace('x86-64', 'x86_64'))
    return architecture ? [{ word, architecture }] : []
  })
}
