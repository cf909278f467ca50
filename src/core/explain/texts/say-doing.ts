import type { Doing } from '../../model/progress/doing.ts'
import { plural } from '../plural.ts'

/** What is being done, in a few words: it stands on one line and is gone when the next begins. */
export function sayDoing(doing: Doing): string {
  switch (doing.code) {
    case 'fetching':
      return `fetching upstream’s history from ${doing.from} (the first time takes a minute)`
    case 'reading-fork':
      return 'reading the fork and what it stands on'
    case 'reading-releases':
      return 'reading releases'
    case 'carrying':
      return `carrying ${doing.at} of ${doing.of}`
    case 'editing-inventories':
      return `editing inventories for ${doing.release}`
    case 'auditing':
      return 'looking for what would not run'
    case 'asking-registries':
      return `asking registries about ${plural(doing.images, 'image')}`
    case 'mending':
      return 'making patches'
    case 'asking-ansible':
      return 'asking Ansible'
    case 'writing':
      return 'writing the branch'
  }
}
