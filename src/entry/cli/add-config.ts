import type { Command } from 'commander'
import { CONFIG_PATH } from '../../core/config/config-path.ts'
import { CODE, withHelp } from './with-help.ts'
import { OPTION, REPO } from './option.ts'

/** `multiarch config`: what is wrong with the settings, what they come to, and their schema for editors. */
export function addConfig(program: Command, setCode: (code: number) => void): void {
  const config = program
    .command('config')
    .description('check the settings, show what they come to, or print their JSON schema')
  withHelp(config, {
    examples: [
      ['multiarch config check', `${CONFIG_PATH} of the folder it runs in`],
      ['multiarch config show', 'what holds in this clone, and what says so'],
    ],
    codes: CODES,
    page: PAGE,
  })
  addCheck(config, setCode)
  addShow(config, setCode)
  addSchema(config)
}

const PAGE = 'configuration.md'
const CODES = [[0, 'done'], CODE.wrong] as const

function addCheck(config: Command, setCode: (code: number) => void): void {
  const check = config
    .command('check')
    .description('name the problems of a config at their lines')
    .argument('[file]', 'the config', CONFIG_PATH)
    .option(...OPTION.json)
  withHelp(check, {
    examples: [['multiarch config check', 'before it is committed']],
    codes: [
      [0, 'it can be worked with'],
      [2, 'it cannot, or is not there'],
    ],
    page: PAGE,
  })
  check.action(async (file: string, { json }: { json?: true }) => {
    const { checkConfigFile } = await import('../commands/config/check-config-file.ts')
    setCode(await checkConfigFile(file, json ?? false))
  })
}

function addShow(config: Command, setCode: (code: number) => void): void {
  const show = config
    .command('show')
    .description('show every setting that holds in a clone, with what says so')
    .argument(...REPO)
    .option('--branch <name>', 'the branch whose settings are read (default: the default branch)')
    .option(...OPTION.json)
  withHelp(show, {
    examples: [
      ['multiarch config show', 'in a clone of the fork'],
      ['multiarch config show --branch arm --json', 'of another branch, for a program'],
    ],
    codes: CODES,
    page: PAGE,
  })
  show.action(async (repo: string, options: { branch?: string; json?: true }) => {
    const { showConfig } = await import('../commands/config/show-config.ts')
    setCode(await showConfig(repo, options))
  })
}

function addSchema(config: Command): void {
  const schema = config.command('schema').description('print the JSON schema of the config')
  withHelp(schema, {
    examples: [['multiarch config schema > multiarch.schema.json', 'for an editor']],
    codes: [[0, 'done']],
    page: PAGE,
  })
  schema.action(async () => {
    const { sayConfigSchema } = await import('../commands/config/say-config-schema.ts')
    sayConfigSchema()
  })
}
