/** Architectures in OCI's spelling, which Kubespray's `image_arch` shares: the ones Kubespray ever had a checksum for. */
export const ARCHITECTURES = ['amd64', 'arm64', 'arm', 'ppc64le', 's390x'] as const
export type Architecture = (typeof ARCHITECTURES)[number]

/** What is taken where nothing tells: what Kubespray began on, and what nobody has to mention. An assumption of more would be acted upon. */
export const ASSUMED_ARCHITECTURES: readonly Architecture[] = ['amd64']

/** What else people call them: Ansible's `ansible_architecture` (uname -m), Debian's names, common usage. */
const OTHER_NAMES: Readonly<Record<string, Architecture>> = {
  x86_64: 'amd64',
  x64: 'amd64',
  aarch64: 'arm64',
  armv7l: 'arm',
  armv7: 'arm',
  armhf: 'arm',
  armv6l: 'arm',
  ppc64el: 'ppc64le',
}

export function isArchitecture(name: string): name is Architecture {
  return (ARCHITECTURES as readonly string[]).includes(name)
}

/** The architecture a name stands for, in any of its spellings. */
export function readArchitecture(name: string): Architecture | undefined {
  const lower = name.trim().toLowerCase()
  return isArchitecture(lower) ? lower : OTHER_NAMES[lower]
}

/** All spellings, for "did you mean". */
export function architectureNames(): readonly string[] {
  return [...ARCHITECTURES, ...Object.keys(OTHER_NAMES)]
}
