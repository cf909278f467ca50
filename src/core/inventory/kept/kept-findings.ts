import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { FoundLint } from '../../plan/lint-facts.ts'
import type { InventorySettings } from '../read-settings.ts'
import { keptDefaults } from './kept-defaults.ts'

interface KeptQuestion {
  readonly inventory: string
  readonly settings: Pick<InventorySettings, 'named'>
  readonly from: Catalogue
  readonly to: Catalogue
  readonly tag: string
}

/** What a cluster was built with by default, as findings of the step that would change it, each with its edit. */
export function keptFindings({ inventory, settings, from, to, tag }: KeptQuestion): readonly FoundLint[] {
  return keptDefaults({ settings, from, to }).map(({ name, decides, before, after, refused }): FoundLint => {
    const said = { tag, decides, before: String(before), after: String(after) }
    if (!refused) {
      const edit = { changes: [{ kind: 'set', name, value: before }] } as const
      const facts = { kind: 'default-kept', ...said } as const
      return { code: 'default-kept', severity: 'notice', key: name, inventory, edit, facts }
    }
    const { path, allowed } = refused
    const facts = { kind: 'default-refused', ...said, allowed, by: { path } } as const
    return { code: 'default-refused', severity: 'error', key: name, inventory, facts }
  })
}
