import type { FindingCode } from '../../audit/finding.ts'
import type { LintCode } from '../../plan/lint-finding.ts'
import type { OwnFileRemark } from '../../series/own-file-remark.ts'

type NamedRule =
  | FindingCode
  | LintCode
  | OwnFileRemark['code']
  | 'unaccounted'
  | 'release-note'
  | 'addon-question'
  | 'pin-left'

/** What a remark is called where there is room for a few words, as over an annotation. */
export function ruleName(rule: string): string {
  const named = (NAMES as Readonly<Record<string, string | undefined>>)[rule]
  // A rule that has no name here has words in its code.
  return named ?? `${rule[0]?.toUpperCase() ?? ''}${rule.slice(1).replaceAll('-', ' ')}`
}

const NAMES: Readonly<Record<NamedRule, string>> = {
  'release-check': 'The release’s own check fails',
  'missing-checksum': 'No checksum for an architecture',
  'missing-version': 'No version for an architecture',
  'undefined-variable': 'Nothing defines this variable',
  'single-checksum': 'One checksum for all architectures',
  'shared-checksum': 'One checksum for two architectures',
  'corrected-checksum': 'Checksum corrected by a later release',
  'architecture-in-url': 'One architecture in an address',
  'architecture-in-file': 'One architecture in a file name',
  'architecture-in-image': 'One architecture in an image name',
  'image-of-one-architecture': 'Image of one architecture',
  'image-without-architecture': 'Image lacks an architecture',
  'image-absent': 'Image is not there',
  'image-of-first-node': 'Image goes by the first node',
  'nodes-left-out': 'Nodes are left out',
  'architecture-not-mapped': 'Architecture is not mapped',
  'network-plugin-architecture': 'Network plugin lacks an architecture',
  'network-plugin-mix': 'Network plugin and mixed architectures',
  'download-cache-mix': 'Download cache and mixed architectures',
  'gone-from-kubernetes': 'Gone from Kubernetes',
  'kubernetes-above-release': 'Kubernetes above what the release is made for',
  'image-unknown': 'Image could not be looked up',
  'verification-off': 'Verification is switched off',
  'variable-unread': 'Nothing reads this variable',
  'inventory-unreadable': 'Inventory cannot be read',
  'variable-stops-play': 'The play stops at this variable',
  'variable-gone': 'Variable removed',
  'variable-renamed': 'Variable renamed',
  'variable-without-default': 'Variable has no default any more',
  'component-down': 'Component goes to an older version',
  'group-renamed': 'Group renamed',
  'path-renamed': 'Path renamed',
  'default-changed': 'Default changed',
  'sample-changed': 'Sample changed',
  'default-kept': 'Same as the default',
  'default-refused': 'The default is refused',
  'value-shape': 'Value has another shape now',
  'variable-folded': 'Variable became part of another',
  'reader-gone': 'What read this variable is gone',
  'ansible-pinned': 'Another Ansible is installed',
  'fix-waiting': 'A fix is waiting',
  'playbook-role': 'Role of your playbook changed',
  'playbook-file': 'File of your playbook changed',
  'playbook-group': 'Group of your playbook changed',
  'playbook-variable': 'Variable of your playbook changed',
  'playbook-copy': 'What your file is a copy of changed',
  'file-outlives-patch': 'File stays, its patch is left out',
  'own-file-shadows': 'File of yours beside one of the release',
  unaccounted: 'A line of yours has no place',
  'release-note': 'Note on the release',
  'addon-question': 'Decide about an add-on',
  'pin-left': 'Still names the release of before',
}
