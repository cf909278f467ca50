import type { Place } from '../model/problem.ts'
import type { KeyPath } from '../yaml/tree/key-path.ts'
import type { YamlValue } from '../yaml/values/yaml-value.ts'
import type { Scope } from './variable-files.ts'

/** One variable set at one place of an inventory. */
export interface Setting {
  readonly name: string
  readonly value: YamlValue
  /** As it is written in the file, quotes included; never to be shown, unless we change it: it may be a secret. */
  readonly written: string
  /**
   * A template is worked out by Ansible, an encrypted value by whoever has the key, one `at-run` by the shell that runs the command, and
   * whoever runs that is asked for one `asked`: none is ours to change.
   */
  readonly nature: 'plain' | 'template' | 'encrypted' | 'at-run' | 'asked'
  /** Whose variable it is; a group under the name it has today. */
  readonly scope: Scope
  /** The key's place. */
  readonly at: Place
  readonly source: SettingSource
  /** Where a command hands it in, on top of all inventories: its own words, a workflow's, or a file of variables. */
  readonly extra?: 'command' | 'workflow' | 'file'
}

/** What an edit of the value needs: its path in the file's first YAML document, or its range in an INI file or in a command. */
type SettingSource =
  | { readonly kind: 'yaml'; readonly path: KeyPath }
  | { readonly kind: 'ini'; readonly from: number; readonly to: number }
  | { readonly kind: 'command'; readonly from: number; readonly to: number }
