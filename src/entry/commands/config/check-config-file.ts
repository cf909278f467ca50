import { readFile } from 'node:fs/promises'
import { readConfig } from '../../../core/config/read-config.ts'
import { Refusal } from '../../../core/model/problem.ts'
import { SCHEMA } from '../../print/plan-json.ts'
import { EXIT } from '../exit.ts'
import { say, sayJson } from '../../print/say.ts'

export async function checkConfigFile(file: string, json: boolean): Promise<number> {
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
