import { flat } from '../../core/explain/blocks/text.ts'
import { whySentence } from '../../core/explain/texts/verify-blocks.ts'
import { optional } from '../../core/model/defined.ts'
import type { Verified } from '../../core/verify/verified.ts'
import { SCHEMA } from './plan-json.ts'

/** `multiarch verify --json`. */
export function verifyJson({ runs, ...facts }: Verified): object {
  return {
    schema: SCHEMA,
    ...facts,
    runs: runs.map(({ why, ...run }) => ({
      ...run,
      ...optional(why, (why) => ({ why: { ...why, message: flat(whySentence(why)) } })),
    })),
  }
}
