import type { ReleaseTag } from '../release-tag.ts'

/** What is being done, for whoever waits: a code with its facts; the words are in `core/explain/texts/say-doing.ts`. */
export type Doing =
  | { readonly code: 'fetching'; readonly from: string }
  | { readonly code: 'reading-fork' }
  | { readonly code: 'reading-releases' }
  | { readonly code: 'carrying'; readonly at: number; readonly of: number }
  | { readonly code: 'editing-inventories'; readonly release: ReleaseTag }
  | { readonly code: 'auditing' }
  | { readonly code: 'asking-registries'; readonly images: number }
  | { readonly code: 'mending' }
  | { readonly code: 'asking-ansible' }
  | { readonly code: 'writing' }
