import type { Command } from 'commander'
import { CONFIG_PATH } from '../../core/config/config-path.ts'

/** `multiarch config`: what is wrong with a config, at its lines, and the schema for editors. */
export function addConfig(program: Command, setCode: (code: number) => void): void {
  const config = program.command('config').description('check a config, or print its JSON schema')
  config
    .command('check')
    .description('name the problems of a config at their lines')
    .argument('[file]', 'the config', CONFIG_PATH)
    .option('--json', 'print JSON')
    .action(async (file: string, { json }: { json?: true }) => {
      const { checkConfigFile } = await import('../commands/check-config-file.ts')
      setCode(await checkConfigFile(file, json ?? false))
    })
  config
    .command('schema')
    .description('print the JSON schema of the config')
    .action(async () => {
      const { sayConfigSchema } = await import('../commands/say-config-schema.ts')
      sayConfigSchema()
    })
}
