import { readParameter } from '../../adapters/aws/read-parameter.ts'
import { EnvReader, type Env } from '../server/env-reader.ts'
import { awsFromEnv } from '../../adapters/aws/aws-client.ts'

/** The environment with secrets filled in from the Parameter Store, where `<NAME>_PARAMETER` says under what name. */
export async function withSecrets(env: Env, names: readonly string[]): Promise<Env> {
  const reader = new EnvReader(env)
  const filled = await Promise.all(
    names.map(async (name) => {
      const given = reader.text(name)
      const parameter = reader.text(`${name}_PARAMETER`)
      if (given !== undefined || parameter === undefined) return [name, given] as const
      return [name, await readParameter(awsFromEnv(env), parameter)] as const
    }),
  )
  return { ...env, ...Object.fromEntries(filled) }
}
