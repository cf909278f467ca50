import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { defined } from '../../core/model/defined.ts'
import type { TaskAnswer } from '../../core/model/task-answer.ts'
import type { Ansible, AnsibleFolder, AskedWith, FilesToRun, Played, Ran } from '../../ports/ansible.ts'
import { ANSWERS_AS_LINES, CALLBACK, MARK } from './answers-as-lines.ts'
import { runTogether } from './run-together.ts'
import { writeFiles } from './write-files.ts'

/** How long each question may take, in milliseconds; the largest release's syntax takes half a minute on a slow machine. */
interface Limits {
  readonly version: number
  readonly list: number
  readonly syntax: number
  readonly play: number
}

const LIMITS: Limits = { version: 60_000, list: 120_000, syntax: 300_000, play: 600_000 }

/** Ansible of the machine, as the `PATH` has it. */
export class InstalledAnsible implements Ansible {
  readonly #environment: NodeJS.ProcessEnv
  readonly #limits: Limits

  constructor(environment: NodeJS.ProcessEnv, limits: Partial<Limits> = {}) {
    this.#environment = environment
    this.#limits = { ...LIMITS, ...limits }
  }

  async version(): Promise<string | undefined> {
    return this.#open(new Map(), async (folder) => {
      try {
        const { status, out, err } = await folder.run('ansible-playbook', ['--version'], this.#limits.version)
        const found = /^ansible(?:-playbook)? (?:\[(?:core|base) )?v?(\d[^\s\]]*)/m.exec(out)?.[1]
        if (status !== 0 || found === undefined)
          throw new AnsibleDoesNotStart(lastLine(err === '' ? out : err))
        return found
      } catch (error) {
        if (isNotThere(error)) return undefined
        throw error
      }
    })
  }

  withFiles<T>(files: FilesToRun, work: (folder: AnsibleFolder) => Promise<T>): Promise<T> {
    return this.#open(files, work)
  }

  async #open<T>(files: FilesToRun, work: (folder: OwnFolder) => Promise<T>): Promise<T> {
    // Ansible wraps what it says at 79 columns, in the middle of a path where that is longer.
    const root = await realpath(await mkdtemp(join(tmpdir(), 'ma-')))
    try {
      await mkdir(join(root, 't'))
      await mkdir(join(root, 'own/callbacks'), { recursive: true })
      await writeFiles(join(root, 't'), files)
      await writeFile(join(root, 'own/ansible.cfg'), '')
      await writeFile(join(root, 'own/nobody.ini'), '')
      await writeFile(join(root, 'own/callbacks', `${CALLBACK}.py`), ANSWERS_AS_LINES)
      return await work(new OwnFolder(root, this.#environment, this.#limits))
    } finally {
      await rm(root, { recursive: true, force: true, maxRetries: 5 })
    }
  }
}

/** Ansible is there, and ends before it says which it is. */
export class AnsibleDoesNotStart extends Error {
  constructor(words: string) {
    super(words)
    this.name = 'AnsibleDoesNotStart'
  }
}

/** A folder of files with what Ansible needs of its own beside them. */
class OwnFolder implements AnsibleFolder {
  readonly #root: string
  readonly #environment: NodeJS.ProcessEnv
  readonly #limits: Limits

  constructor(root: string, environment: NodeJS.ProcessEnv, limits: Limits) {
    this.#root = root
    this.#environment = environment
    this.#limits = limits
  }

  async list(asked: AskedWith): Promise<Ran> {
    return this.#ran('ansible-inventory', [...this.#inventory(asked), '--list'], asked, this.#limits.list)
  }

  async checkSyntax(playbook: string, asked: AskedWith): Promise<Ran> {
    const args = [...this.#inventory(asked), '--syntax-check', this.#path(playbook)]
    return this.#ran('ansible-playbook', args, asked, this.#limits.syntax)
  }

  async play(playbook: string, asked: AskedWith): Promise<Played> {
    const args = [...this.#inventory(asked), '-e', this.#harmless(), this.#path(playbook)]
    const ran = await this.#ran('ansible-playbook', args, asked, this.#limits.play)
    const told = ran.out.split('\n').filter((line) => line.startsWith(MARK))
    const lines = told.map((line) => JSON.parse(line.slice(MARK.length)) as TaskAnswer | { kind: 'end' })
    const answers = lines.filter((each): each is TaskAnswer => each.kind !== 'end')
    return {
      ended: ran.ended,
      said: ran.said,
      isWhole: lines.at(-1)?.kind === 'end',
      answers: answers.map((each) => ({
        ...each,
        ...defined({ at: each.at && this.#relative(each.at), message: this.#short(each.message) }),
      })),
    }
  }

  /** Runs a program in this folder. */
  run(
    program: string,
    args: readonly string[],
    limit: number,
    more: NodeJS.ProcessEnv = {},
  ): ReturnType<typeof runTogether> {
    return runTogether(program, args, {
      cwd: join(this.#root, 't'),
      env: { ...this.#env(), ...more },
      limit,
      onStopped: () => rmSync(this.#root, { recursive: true, force: true }),
    })
  }

  async #ran(
    program: string,
    args: readonly string[],
    { settings }: AskedWith,
    limit: number,
  ): Promise<Ran & { readonly out: string }> {
    const { roles, modules, hashBehaviour, groupNames, jinjaNative } = settings
    const more = defined({
      ANSIBLE_ROLES_PATH: roles.map((each) => this.#path(each)).join(delimiter) || undefined,
      ANSIBLE_LIBRARY: modules.map((each) => this.#path(each)).join(delimiter) || undefined,
      ANSIBLE_HASH_BEHAVIOUR: hashBehaviour,
      ANSIBLE_TRANSFORM_INVALID_GROUP_CHARS: groupNames,
      ANSIBLE_JINJA2_NATIVE: jinjaNative,
    })
    const { status, timedOut, out, err } = await this.run(program, args, limit, more)
    return {
      ended: timedOut ? 'timed-out' : endedWith(status),
      said: this.#relative(err),
      out,
    }
  }

  /** Absolute, so that no name is taken for an option. */
  #inventory({ hosts, extra }: AskedWith): readonly string[] {
    return [
      ...(hosts.length > 0 ? hosts : ['']).flatMap((path) => [
        '-i',
        path === '' ? join(this.#root, 'own/nobody.ini') : this.#path(path),
      ]),
      ...extra.flatMap((each) => ['-e', 'file' in each ? `@${this.#path(each.file)}` : each.values]),
    ]
  }

  /** Over all that files say: were anything but the controller's own actions to run, it would find no Python and no host. */
  #harmless(): string {
    return JSON.stringify({
      ansible_connection: 'local',
      ansible_host: '127.0.0.1',
      ansible_become: false,
      ansible_python_interpreter: join(this.#root, 'no-python'),
      credentials_dir: join(this.#root, 'own/credentials'),
    })
  }

  #path(path: string): string {
    return join(this.#root, 't', path)
  }

  #relative(text: string): string {
    return text.replaceAll(`${join(this.#root, 't')}/`, '').replaceAll(this.#root, '')
  }

  #short(text: string | undefined): string | undefined {
    return text === undefined ? undefined : this.#relative(text)
  }

  /**
   * Small: what finds Ansible and its Python, a key for vaults if somebody gave one, and our settings. Nothing of `ANSIBLE_*` that is
   * set outside gets through, nor does any `ansible.cfg` but our empty one.
   */
  #env(): NodeJS.ProcessEnv {
    const given = this.#environment
    const home = given['HOME'] ?? homedir()
    const collections =
      given['ANSIBLE_COLLECTIONS_PATH'] ??
      given['ANSIBLE_COLLECTIONS_PATHS'] ??
      [join(home, '.ansible/collections'), '/usr/share/ansible/collections'].join(delimiter)
    const vault = given['ANSIBLE_VAULT_PASSWORD_FILE']
    const own = join(this.#root, 'own')
    return {
      ...defined({
        PATH: given['PATH'],
        VIRTUAL_ENV: given['VIRTUAL_ENV'],
        PYTHONUSERBASE: given['PYTHONUSERBASE'],
        ANSIBLE_VAULT_PASSWORD_FILE: vault && resolve(vault),
      }),
      HOME: home,
      LC_ALL: 'C.UTF-8',
      PYTHONDONTWRITEBYTECODE: '1',
      ANSIBLE_CONFIG: join(own, 'ansible.cfg'),
      ANSIBLE_HOME: join(own, 'home'),
      ANSIBLE_LOCAL_TEMP: join(own, 'tmp'),
      ANSIBLE_COLLECTIONS_PATH: collections,
      ANSIBLE_COLLECTIONS_PATHS: collections,
      // Files alone: neither scripts nor plugins that ask a cloud for hosts.
      ANSIBLE_INVENTORY_ENABLED: 'yaml,ini,toml',
      ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED: '1',
      ANSIBLE_STDOUT_CALLBACK: CALLBACK,
      ANSIBLE_CALLBACK_PLUGINS: join(own, 'callbacks'),
      ANSIBLE_CACHE_PLUGIN: 'memory',
      ANSIBLE_GATHERING: 'explicit',
      ANSIBLE_NOCOWS: '1',
      ANSIBLE_NOCOLOR: '1',
      ANSIBLE_RETRY_FILES_ENABLED: '0',
      ANSIBLE_LOCALHOST_WARNING: '0',
      ANSIBLE_DEPRECATION_WARNINGS: '0',
      ANSIBLE_DEVEL_WARNING: '0',
    }
  }
}

function endedWith(status: number | undefined): 'well' | 'badly' {
  return status === 0 ? 'well' : 'badly'
}

function isNotThere(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ENOENT'
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
