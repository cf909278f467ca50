import type { TaskAnswer } from '../core/model/task-answer.ts'

/** Ansible as it is installed where we run. Nothing here reaches a host. */
export interface Ansible {
  /** What is installed, by its own word; `undefined` where there is no Ansible. What is there and does not start throws. */
  version(): Promise<string | undefined>
  /** Writes files to a folder of their own, which is gone when the work is done. */
  withFiles<T>(files: FilesToRun, work: (folder: AnsibleFolder) => Promise<T>): Promise<T>
}

/** Files by path; none of them can be run as a program, and none is a link. */
export type FilesToRun = ReadonlyMap<string, Uint8Array>

/** Settings of the release's own `ansible.cfg` that change what files mean, and run nothing. */
export interface ReadingSettings {
  readonly hashBehaviour?: string
  readonly groupNames?: string
  readonly jinjaNative?: string
  /** Folders of roles and of modules, by their paths in the folder. */
  readonly roles: readonly string[]
  readonly modules: readonly string[]
}

/** What every question is asked with: paths are those of the files that were written. */
export interface AskedWith {
  /** Files of hosts; none: no inventory at all. */
  readonly hosts: readonly string[]
  /** What commands hand in, the later over the earlier. */
  readonly extra: readonly ({ readonly file: string } | { readonly values: string })[]
  readonly settings: ReadingSettings
}

export interface AnsibleFolder {
  /** `ansible-inventory --list`. What it lists is not handed on: it may hold secrets. */
  list(asked: AskedWith): Promise<Ran>
  /** `ansible-playbook --syntax-check`. */
  checkSyntax(playbook: string, asked: AskedWith): Promise<Ran>
  /** Runs a playbook whose tasks are the controller's own, with answers told task by task. */
  play(playbook: string, asked: AskedWith): Promise<Played>
}

export interface Ran {
  readonly ended: 'well' | 'badly' | 'timed-out'
  /** What Ansible said beside its answer, with paths as they were given. */
  readonly said: string
}

export interface Played extends Ran {
  /** In Ansible's order. */
  readonly answers: readonly TaskAnswer[]
  /** Whether the play came to its end; a play that did not has answered less than it seems. */
  readonly isWhole: boolean
}
