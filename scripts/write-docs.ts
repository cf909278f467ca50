// Writes the pages of docs/ that are made from code; `test/docs.test.ts` fails where one is stale.
import { writeFileSync } from 'node:fs'
import { renderConfigReference } from '../src/core/config/render-config-reference.ts'
import { renderCommandReference } from '../src/core/commands/render-command-reference.ts'

writeFileSync('docs/configuration.md', renderConfigReference())
writeFileSync('docs/commands.md', renderCommandReference())
