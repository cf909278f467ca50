import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Architecture } from '../../src/core/model/architecture.ts'
import { renderImageWorkflow } from '../../src/core/explain/texts/render-image-workflow.ts'
import { registryMissing, startRegistry, type TestRegistry } from '../support/docker-registry.ts'
import { emptyWorld } from '../support/demo.ts'
import { removeFolder } from '../support/remove-folder.ts'

interface Step {
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}
interface Job {
  readonly strategy: { readonly matrix: { readonly include: readonly Readonly<Record<string, string>>[] } }
  readonly steps: readonly Step[]
}
interface Workflow {
  readonly jobs: Readonly<Record<string, Job>>
}
interface Where {
  /** Which image of the job's. */
  readonly at?: number
  readonly cwd?: string
  readonly registry?: string
}
interface Ran {
  readonly status: number | null
  readonly told: string
  readonly outputs: string
}
/** Not `spawnSync`, which would keep a registry of this process from answering. */
async function bash(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env: NodeJS.ProcessEnv },
): Promise<{ readonly status: number | null; readonly told: string }> {
  const ran = spawn('bash', args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let told = ''
  for (const stream of [ran.stdout, ran.stderr])
    stream.on('data', (part: Buffer) => (told += part.toString()))
  const status = await new Promise<number | null>((resolve) => ran.once('close', resolve))
  return { status, told }
}

type Missing = Parameters<typeof renderImageWorkflow>[0][number]

const LISTS =
  'application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json'

const TOOLS = ['skopeo', 'buildah', 'jq']
const missing =
  registryMissing() ??
  (process.env['CI'] !== 'true' && TOOLS.some((tool) => spawnSync(tool, ['--version']).status !== 0)
    ? `needs ${TOOLS.join(', ')}: install the packages`
    : undefined)

describe.skipIf(missing !== undefined)(`the images’ workflow${missing ? ` (${missing})` : ''}`, () => {
  let server: TestRegistry
  let folder: string
  beforeAll(async () => {
    server = await startRegistry()
    folder = mkdtempSync(join(tmpdir(), 'multiarch-images-'))
    mkdirSync(join(folder, '.config/containers'), { recursive: true })
    insecure(server.host)
  })
  afterAll(async () => {
    await server.close()
    removeFolder(folder)
  })

  /** Tells these tools that a registry on this machine has no certificate; nothing of it is in the workflow. */
  function insecure(place: string): void {
    const text = `[[registry]]\nlocation = "${place}"\ninsecure = true\n`
    appendFileSync(join(folder, '.config/containers/registries.conf'), text)
  }

  /** Runs the scripts of a job for one image of its matrix as GitHub's runner does, up to the first that fails. */
  async function run(
    text: string,
    job: string,
    { at = 0, cwd = folder, registry = server.host }: Where = {},
  ): Promise<Ran> {
    const { strategy, steps } = (parse(text) as Workflow).jobs[job] as Job
    const output = join(folder, 'output')
    writeFileSync(output, '')
    const values: Record<string, string> = {
      'github.repository_owner': 'SomeBody',
      'github.actor': 'SomeBody',
      'github.token': 'of no worth',
    }
    for (const [name, value] of Object.entries(strategy.matrix.include[at] ?? {}))
      values[`matrix.${name}`] = value
    let told = ''
    for (const { run: script, env = {} } of steps) {
      if (script === undefined) continue
      for (const [, name = '', value = ''] of readFileSync(output, 'utf8').matchAll(/^([^=]+)=(.*)$/gm))
        values[`steps.image.outputs.${name}`] = value
      const given: Record<string, string> = {}
      for (const [name, value] of Object.entries(env))
        given[name] = value.replaceAll(/\$\{\{ (.*?) \}\}/g, (_, of: string) => values[of] ?? `no ${of}`)
      const file = join(folder, 'script.sh')
      writeFileSync(file, script)
      const ran = await bash(['--noprofile', '--norc', '-eo', 'pipefail', file], {
        cwd,
        env: {
          ...{ PATH: process.env['PATH'], HOME: folder, STORAGE_DRIVER: 'vfs', BUILDAH_ISOLATION: 'chroot' },
          ...{ REGISTRY: registry, RUNNER_TEMP: folder, GITHUB_OUTPUT: output, TMPDIR: folder },
          ...given,
        },
      })
      told += ran.told
      if (ran.status !== 0) return { status: ran.status, told, outputs: readFileSync(output, 'utf8') }
    }
    return { status: 0, told, outputs: readFileSync(output, 'utf8') }
  }

  /** What stands under a name, by platform. */
  async function there(repository: string, tag: string): Promise<Readonly<Record<string, string>>> {
    const answer = await fetch(`http://${server.host}/v2/${repository}/manifests/${tag}`, {
      headers: { accept: LISTS },
    })
    if (!answer.ok) return {}
    const { manifests } = (await answer.json()) as {
      manifests: readonly {
        digest: string
        platform: { os: string; architecture: string; variant?: string }
      }[]
    }
    return Object.fromEntries(
      manifests.map(({ digest, platform: { architecture, variant } }) => [
        [architecture, variant].filter(Boolean).join('/'),
        digest,
      ]),
    )
  }

  const part = (repository: string, tag: string, platform: string, form: 'single' | 'list' = 'single') =>
    server.push({ repository, tag, platforms: [platform], form })

  /** As the audit finds it, with builds under names of their own for what it lacks. */
  function image(repository: string, tag: string, architectures: readonly Architecture[]): Missing {
    const name = `${server.host}/${repository}:${tag}`
    const parts = architectures.map((each) => [each, each === 'amd64' ? name : `${name}-${each}`])
    return {
      component: 'node',
      name,
      lacks: ['arm64'],
      parts: Object.fromEntries(parts) as Missing['parts'] & {},
    }
  }
  const assemble = (images: readonly Missing[], architectures: readonly Architecture[], where: Where = {}) =>
    run(renderImageWorkflow(images, architectures, 'images.yml'), 'assemble', where)
  const ours = (repository: string): string => `somebody/${server.host.replace(':', '__')}/${repository}`

  test('puts single builds together, leaves them alone, and takes up what is new', async () => {
    const amd64 = await part('a/node', 'v1', 'linux/amd64')
    const arm64 = await part('a/node', 'v1-arm64', 'linux/arm64')
    const v1 = image('a/node', 'v1', ['amd64', 'arm64'])

    const first = await assemble([v1], ['amd64', 'arm64'])
    expect([first.status, first.told]).toEqual([0, expect.stringContaining('Writing manifest list')])
    expect(await there(ours('a/node'), 'v1')).toEqual({ amd64, arm64 })

    const again = await assemble([v1], ['amd64', 'arm64'])
    expect([again.status, again.told]).toEqual([0, expect.stringContaining('has these builds already')])
    expect(again.told).not.toContain('Writing manifest')

    // An architecture that the cluster came to have.
    const arm = await part('a/node', 'v1-arm', 'linux/arm')
    expect(
      (await assemble([image('a/node', 'v1', ['amd64', 'arm64', 'arm'])], ['amd64', 'arm64', 'arm'])).status,
    ).toBe(0)
    expect(await there(ours('a/node'), 'v1')).toEqual({ amd64, arm64, arm })

    // The same name, built anew: a list this time.
    await server.push({
      repository: 'a/node',
      tag: 'v1-arm64',
      platforms: ['linux/s390x', 'linux/arm64'],
      form: 'list',
    })
    const anew = (await there('a/node', 'v1-arm64'))['arm64'] as string
    expect((await assemble([v1], ['amd64', 'arm64'])).status).toBe(0)
    expect(await there(ours('a/node'), 'v1')).toEqual({ amd64, arm64: anew })

    // A new release of Kubespray names another version; what nodes still run stays.
    const next = {
      amd64: await part('a/node', 'v2', 'linux/amd64'),
      arm64: await part('a/node', 'v2-arm64', 'linux/arm64'),
    }
    expect((await assemble([image('a/node', 'v2', ['amd64', 'arm64'])], ['amd64', 'arm64'])).status).toBe(0)
    expect(await there(ours('a/node'), 'v2')).toEqual(next)
    expect(await there(ours('a/node'), 'v1')).toEqual({ amd64, arm64: anew })
  })

  test('two images of one short name stay two', async () => {
    const digests: Record<string, string> = {}
    for (const owner of ['x', 'y'])
      for (const [tag, platform] of [
        ['v1', 'linux/amd64'],
        ['v1-arm64', 'linux/arm64'],
      ] as const)
        digests[`${owner} ${platform}`] = await server.push({
          ...{ repository: `${owner}/tool`, tag, platforms: [platform], form: 'single', note: owner },
        })
    const images = [image('x/tool', 'v1', ['amd64', 'arm64']), image('y/tool', 'v1', ['amd64', 'arm64'])]
    for (const [at, owner] of ['x', 'y'].entries()) {
      expect((await assemble(images, ['amd64', 'arm64'], { at })).status).toBe(0)
      expect(await there(ours(`${owner}/tool`), 'v1')).toEqual({
        amd64: digests[`${owner} linux/amd64`],
        arm64: digests[`${owner} linux/arm64`],
      })
    }
  })

  test('a part that is gone pushes nothing', async () => {
    await part('b/node', 'v1', 'linux/amd64')
    const gone = await assemble([image('b/node', 'v1', ['amd64', 'arm64'])], ['amd64', 'arm64'])
    expect([gone.status, await there(ours('b/node'), 'v1')]).toEqual([1, {}])
    await server.push({ repository: 'b/node', tag: 'v1-arm64', platforms: ['linux/s390x'], form: 'list' })
    const other = await assemble([image('b/node', 'v1', ['amd64', 'arm64'])], ['amd64', 'arm64'])
    expect([other.status, other.told]).toEqual([1, expect.stringContaining('has nothing for arm64 any more')])
    expect(await there(ours('b/node'), 'v1')).toEqual({})
  })

  test('what cannot be read is not taken to be absent', async () => {
    await part('e/node', 'v1', 'linux/amd64')
    // A registry that knows everybody and has trouble with what it holds.
    const ill = createServer((request, response) =>
      response.writeHead(request.url === '/v2/' ? 200 : 500).end('{}'),
    )
    await new Promise<void>((resolve) => ill.listen(0, '127.0.0.1', resolve))
    const place = `127.0.0.1:${(ill.address() as AddressInfo).port}`
    insecure(place)
    const ran = await assemble([image('e/node', 'v1', ['amd64'])], ['amd64'], { registry: place })
    ill.close()
    expect([ran.status, ran.told]).toEqual([1, expect.stringContaining('500')])
    expect(ran.told).not.toContain('Writing manifest')
  })

  describe('what has to be built', () => {
    const tool = (): Missing => ({ component: 'tool', name: `${server.host}/c/tool:1.0`, lacks: ['arm64'] })
    const decide = (cwd: string) =>
      run(renderImageWorkflow([tool()], ['amd64', 'arm64'], 'images.yml'), 'build', { cwd })

    test('is built once for its files and platforms, and again when either changes', async () => {
      const world = emptyWorld()
      const { path } = world
      const none = await decide(path)
      expect([none.status, none.told]).toEqual([
        1,
        expect.stringContaining('There is no images/tool/Dockerfile'),
      ])
      mkdirSync(join(path, 'images/tool'), { recursive: true })
      const commit = (text: string): string => {
        writeFileSync(join(path, 'images/tool/Dockerfile'), text)
        world.git('add', '--all')
        world.git('commit', '--quiet', '--message', 'The tool')
        return world.git('rev-parse', 'HEAD:images/tool').slice(0, 12)
      }
      const tree = commit('FROM scratch\n')
      const first = await decide(path)
      expect(first.outputs).toContain('build=true\n')
      expect(first.outputs).toContain(`image=${server.host}/${ours('c/tool')}:1.0\n`)
      expect(first.outputs).toContain(`made-of=${server.host}/${ours('c/tool')}:1.0-${tree}\n`)

      // What the action builds and pushes then: first without an architecture that came later.
      const made = { repository: ours('c/tool'), tag: `1.0-${tree}`, form: 'index' } as const
      await server.push({ ...made, platforms: ['linux/amd64'] })
      expect((await decide(path)).outputs).toContain('build=true\n')
      await server.push({ ...made, platforms: ['linux/amd64', 'linux/arm64'] })
      const again = await decide(path)
      expect([again.outputs, again.told]).toEqual([
        expect.stringContaining('build=false\n'),
        expect.stringContaining('is made of these files already'),
      ])
      commit('FROM scratch\nLABEL a=b\n')
      expect((await decide(path)).outputs).toContain('build=true\n')
    })
  })

  test('a package that strangers may not read is said to be private', async () => {
    const { jobs } = parse(
      renderImageWorkflow([image('d/node', 'v1', ['amd64'])], ['amd64'], 'i.yml'),
    ) as Workflow
    const script = jobs['assemble']?.steps.at(-1)?.run ?? ''
    const ran = await bash(['-eo', 'pipefail', '-c', script], {
      env: { PATH: process.env['PATH'], HOME: folder, IMAGE: `${server.host}/d/nowhere:v1` },
    })
    expect([ran.status, ran.told]).toEqual([0, expect.stringMatching(/^::warning::Without an account/m)])
  })
})
