/** Options that several commands take, in the same words. */
export const OPTION = {
  patches: ['--branch <name>', 'the branch that holds the patches (default: the default branch)'],
  inventories: ['--branch <name>', 'the branch that holds the inventories (default: the default branch)'],
  cluster: ['--cluster <name>', 'which of several `clusters` in the settings is meant'],
  clusters: ['--cluster <name>', 'look at this one of several `clusters` in the settings (default: each)'],
  kubernetes: ['--kubernetes <version>', 'the Kubernetes that runs, where the inventory does not say so'],
  upstream: ['--upstream <path or url>', "where upstream's tags are, if the clone has none"],
  tags: ['--upstream <path or url>', "a clone with upstream's tags (default: the one this runs in)"],
  fork: ['--fork <path or url>', 'where the fork is that a submodule is at, if it is not checked out'],
  checkImages: ['--check-images', 'ask registries which architectures the images exist for'],
  registry: ['--registry <list>', 'registries of a private network to ask as well, as in registry.lan:5000'],
  dryRun: ['--dry-run', 'write nothing'],
  report: ['--report <file>', 'write the proposal to a file (.html or .md)'],
  json: ['--json', 'print JSON'],
  quiet: ['--quiet', 'show no progress'],
} as const

/** The repository that a command works on. */
export const REPO = [
  '[repo]',
  'path of a clone; its working tree is not needed and not touched',
  '.',
] as const
