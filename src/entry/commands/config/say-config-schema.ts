import { configJsonSchema } from '../../../core/config/config-schema.ts'
import { sayJson } from '../../print/say.ts'

/** Prints the JSON schema of the config. */
export function sayConfigSchema(): void {
  sayJson(configJsonSchema())
}
