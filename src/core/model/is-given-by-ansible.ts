/**
 * Whether a variable is Ansible's own: how it reaches a host, what it finds out there, and what it gives every play. No role has to
 * define or to read it, so a release neither lacks nor drops it.
 */
export function isGivenByAnsible(name: string): boolean {
  return GIVEN.test(name)
}

const GIVEN =
  /^(?:ansible_\w+|inventory_\w+|hostvars|groups|group_names|play_hosts|playbook_dir|role_\w+|omit)$/
