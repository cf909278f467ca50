import type { ImageAnswers } from '../core/model/image-name.ts'

/** Asks registries which architectures images exist for. Reads only, and without an account. */
export interface ImageRegistry {
  /**
   * An answer for every name, in the spelling it was asked in. A registry that cannot be reached or does not want to tell is
   * an answer as well (`unknown`) and throws nothing.
   */
  ask(images: readonly string[]): Promise<ImageAnswers>
}
