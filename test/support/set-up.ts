import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { runCli } from '../../src/entry/cli/run-cli.ts'
import { reportFailure } from '../../src/entry/commands/report-failure.ts'
import { runSetup } from '../../src/entry/setup/run-setup.ts'
import type { GitHub } from '../github/github.ts'
import { until } from './until.ts'

interface SetUpOptions {
  readonly args?: readonly string[]
  readonly file?: string
  /** How long it waits, where that is not the command's own time. */
  readonly longest?: number
  /** Whether it is expected to ask for anything. */
  readonly opens?: boolean
}

/** A `multiarch setup` that runs in this process, and what a person does in the browser meanwhile. */
export async function startSetup(github: Pick<GitHub, 'url'>, options: SetUpOptions = {}) {
  const { args = [], longest, opens = true } = options
  const file = options.file ?? join(mkdtempSync(join(tmpdir(), 'multiarch-setup-')), '.env')
  const written = { out: '', err: '' }
  const mocks = (['out', 'err'] as const).map((name) =>
    vi
      .spyOn(process[`std${name}`], 'write')
      .mockImplementation((chunk) => ((written[name] += String(chunk)), true)),
  )
  vi.stubEnv('GITHUB_API_URL', github.url)
  const running =
    longest === undefined
      ? runCli(['node', 'multiarch', 'setup', '--file', file, ...args])
      : runSetup({ for: 'env', file }, { longest }).catch((error: unknown) =>
          reportFailure(error, { argv: [], options: {} }),
        )
  const done = running
    .then((code) => ({ code, ...written }))
    .finally(() => {
      for (const mock of mocks) mock.mockRestore()
      vi.unstubAllEnvs()
    })
  const find = (): string => /http:\/\/127\.0\.0\.1:\d+\/[\w-]+/.exec(written.out)?.[0] ?? ''
  if (opens) await Promise.race([until(() => find() !== ''), done])
  const address = find()

  /** The form as the page has it: where it goes, and the manifest that it takes there. */
  async function form() {
    const page = await (await fetch(address)).text()
    const [, action = '', value = ''] =
      /<form action="([^"]+)" method="post"><input type="hidden" name="manifest" value="([^"]+)">/.exec(
        page,
      ) ?? []
    return { form: new URL(plain(action)), manifest: JSON.parse(plain(value)) as Record<string, unknown> }
  }

  return {
    ...{ address, file, done, form },
    /** The button, and GitHub's own behind it; the last answer that the browser gets. */
    async agree(): Promise<Response> {
      const { form: at, manifest } = await form()
      const body = new URLSearchParams({ manifest: JSON.stringify(manifest) })
      const sent = await fetch(at, { method: 'POST', body, redirect: 'manual' })
      return fetch(sent.headers.get('location') ?? '', { redirect: 'manual' })
    },
  }
}

function plain(html: string): string {
  return html
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
