import { readParameter } from '../../adapters/aws/read-parameter.ts'
import { awsFromEnv } from '../../adapters/aws/aws-client.ts'

export type Env = Readonly<Record<string, string | undefined>>

/** The environment with secrets filled in from the Parameter Store, where `<NAME>_PARAMETER` says under what name. */
export async function withSecrets(env: Env, names: readonly string[]): Promise<Env> {
  const filled = await Promise.all(
    names.map(async (name) => {
      const parameter = env[`${name}_PARAMETER`]
      if (env[name] || !parameter) return [name, env[name]] as const
      return [name, await readParameter(awsFromEnv(env), parameter)] as const
    }),
  )
  return { ...env, ...Object.fromEntries(filled) }
}
