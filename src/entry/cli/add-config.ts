import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { CONFIG_PATH, readConfig } from '../../core/config/read-config.ts'
import { configJsonSchema } from '../../core/config/config-schema.ts'
import { Refusal } from '../../core/model/problem.ts'
import { SCHEMA } from '../print/plan-json.ts'
import { EXIT } from './exit.ts'
import { say, sayJson } from '../print/say.ts'

/** `multiarch config`: what is wrong with a config, at its lines, and the schema for editors. */
export function addConfig(program: Command, setCode: (code: number) => void): void {
  const config = program.command('config').description('check a config, or print its JSON schema')
  config
    .command('check')
    .description('name the problems of a config at their lines')
    .argument('[file]', 'the config', CONFIG_PATH)
    .option('--json', 'print JSON')
    .action(async (file: string, { json }: { json?: true }) => setCode(await check(file, json ?? false)))
  config
    .command('schema')
    .description('print the JSON schema of the config')
    .action(() => void sayJson(configJsonSchema()))
}

async function check(file: string, json: boolean): Promise<number> {
  const reading = readConfig(await readText(file), file)
  if (reading.kind === 'problems') throw new Refusal(reading.problems)
  if (json) sayJson({ schema: SCHEMA, problems: [] })
  else say(`\`${file}\` is a config I can work with.\n`)
  return EXIT.done
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code ?? String(error)})`
    throw new Refusal({ code: 'config-unreadable', message: `I could not read \`${file}\`: ${why}.` })
  }
}
