import type { MissingImage } from '../../audit/whole/missing-images.ts'
import type { Architecture } from '../../model/architecture.ts'
import { mirroredImage } from '../../model/image-name.ts'
import { enumerated } from '../../text/enumerated.ts'
import { IMAGE_SCRIPTS } from '../workflow/image-scripts.ts'
import { pinnedAction } from '../workflow/pinned-action.ts'

/**
 * A GitHub Actions workflow that makes images with a manifest for each architecture: put together from builds that exist under
 * names of their own, else built from a Dockerfile that its owner adds. It looks each day and pushes only what is not there yet. Each image
 * keeps its whole name below the owner's, so that no two become one. `file`: what the workflow is called.
 */
export function renderImageWorkflow(
  missing: readonly MissingImage[],
  architectures: readonly Architecture[],
  file: string,
): string {
  // One image in two spellings is one.
  const images = [...new Map(missing.map((image) => [targetOf(image), image])).values()]
  const assembled = images.filter(({ parts }) => parts !== undefined)
  const built = images.filter(({ parts }) => parts === undefined)
  const lines = [
    ...head({ missing, built, architectures, file }),
    ...(assembled.length > 0 ? assemble(assembled) : []),
    ...(built.length > 0 ? build(built, architectures) : []),
  ]
  return lines.join('\n') + '\n'
}

interface Head {
  readonly missing: readonly MissingImage[]
  readonly built: readonly MissingImage[]
  readonly architectures: readonly Architecture[]
  readonly file: string
}

function head({ missing, built, architectures, file }: Head): readonly string[] {
  const folders = [...new Set(built.map((image) => `${folderOf(image)}/Dockerfile`))]
  return [
    `# Images with a manifest for each of ${enumerated(architectures)}, which their own registries do not have.`,
    `# It belongs on the default branch, as ${placeOf(file)}; no other branch pushes anything.`,
    ...(folders.length > 0
      ? [
          `# I know no builds to put together for ${enumerated(built.map(({ name }) => name))}: add ${enumerated(folders)}.`,
        ]
      : []),
    '# Once it has run, make each new package public in its settings: it is private at first, and nodes pull without an account.',
    '# Then name the images in the inventory:',
    ...missing.flatMap(inventoryLines),
    'name: images',
    'on:',
    '  schedule:',
    "    - cron: '17 4 * * *'",
    '  push:',
    `    paths: ['images/**', ${quoted(placeOf(file))}]`,
    '  workflow_dispatch:',
    'permissions: {}',
    'concurrency:',
    '  group: images',
    '  cancel-in-progress: false',
    'env:',
    '  REGISTRY: ghcr.io',
    'jobs:',
  ]
}

/** Where GitHub looks for workflows; what it would not take for one gets a name that it takes. */
function placeOf(file: string): string {
  return `.github/workflows/${/^[\w.-]+\.ya?ml$/.test(file) ? file : 'images.yml'}`
}

function inventoryLines({ component, variable, name }: MissingImage): readonly string[] {
  const { repository } = mirroredImage(name)
  const usual = isPlain(component) ? `${component}_image_repo` : `<the variable of ${name}>`
  return [
    `#   ${variable ?? usual}: ghcr.io/<owner>/${repository}`,
    ...(name.includes('@') ? ['#     (its digest is another then: leave that of the release out)'] : []),
  ]
}

function assemble(images: readonly MissingImage[]): readonly string[] {
  return [
    '  assemble:',
    ...job(['packages: write']),
    ...images.flatMap((image) => [
      `          - target: ${quoted(targetOf(image))}`,
      `            parts: ${quoted(partsOf(image).join(' '))}`,
    ]),
    '    steps:',
    '      - name: Put the builds together, unless they are',
    '        id: image',
    ...run(IMAGE_SCRIPTS.assemble, ['PARTS: ${{ matrix.parts }}', ...PUSHER]),
    ...asNodes(),
  ]
}

function build(images: readonly MissingImage[], architectures: readonly Architecture[]): readonly string[] {
  const platforms = architectures.map(platform).join(',')
  return [
    '  build:',
    ...job(['contents: read', 'packages: write']),
    ...images.flatMap((image) => [
      `          - target: ${quoted(targetOf(image))}`,
      `            version: ${quoted(mirroredImage(image.name).tag)}`,
      `            folder: ${quoted(folderOf(image))}`,
    ]),
    '    steps:',
    `      - uses: ${pinnedAction('actions/checkout')}`,
    '        with:',
    '          persist-credentials: false',
    '      - name: Was it made of these files?',
    '        id: image',
    ...run(IMAGE_SCRIPTS.decide, ['FOLDER: ${{ matrix.folder }}', `PLATFORMS: ${platforms}`, ...PUSHER]),
    ...action('docker/setup-qemu-action'),
    ...action('docker/setup-buildx-action'),
    ...action('docker/login-action', [
      'registry: ${{ env.REGISTRY }}',
      'username: ${{ github.actor }}',
      'password: ${{ github.token }}',
    ]),
    ...action('docker/build-push-action', [
      'context: ${{ matrix.folder }}',
      `platforms: ${platforms}`,
      'build-args: VERSION=${{ matrix.version }}',
      'tags: |',
      '  ${{ steps.image.outputs.made-of }}',
      '  ${{ steps.image.outputs.image }}',
      'push: true',
    ]),
    ...asNodes(),
  ]
}

/** A schedule runs on the default branch alone, and says nothing of the repository. */
function job(permissions: readonly string[]): readonly string[] {
  return [
    "    if: github.event_name == 'schedule' || github.ref_name == github.event.repository.default_branch",
    // Its skopeo, buildah and jq are what the scripts call.
    '    runs-on: ubuntu-24.04',
    '    permissions:',
    ...permissions.map((each) => `      ${each}`),
    '    strategy:',
    '      fail-fast: false',
    '      matrix:',
    '        include:',
  ]
}

const PUSHER = [
  'TARGET: ${{ matrix.target }}',
  'OWNER: ${{ github.repository_owner }}',
  'ACTOR: ${{ github.actor }}',
  'TOKEN: ${{ github.token }}',
]

function run(script: readonly string[], env: readonly string[]): readonly string[] {
  return [
    '        env:',
    ...env.map((each) => `          ${each}`),
    '        shell: bash',
    '        run: |',
    ...script.map((line) => (line === '' ? '' : `          ${line}`)),
  ]
}

/** An action that is called only where there is something to build. */
function action(name: Parameters<typeof pinnedAction>[0], inputs: readonly string[] = []): readonly string[] {
  return [
    `      - uses: ${pinnedAction(name)}`,
    "        if: steps.image.outputs.build == 'true'",
    ...(inputs.length > 0 ? ['        with:', ...inputs.map((each) => `          ${each}`)] : []),
  ]
}

function asNodes(): readonly string[] {
  return [
    '      - name: Can a node pull it?',
    ...run(IMAGE_SCRIPTS.asNodes, ['IMAGE: ${{ steps.image.outputs.image }}']),
  ]
}

function targetOf({ name }: MissingImage): string {
  const { repository, tag } = mirroredImage(name)
  return `${repository}:${tag}`
}

/** `amd64=quay.io/coreos/flannel:v0.10.0`: the whole name, with its tag or its digest, and never both, which skopeo does not take. */
function partsOf({ parts = {} }: MissingImage): readonly string[] {
  return Object.entries(parts).map(([architecture, name]) => `${architecture}=${mirroredImage(name).source}`)
}

function folderOf({ component, name }: MissingImage): string {
  return `images/${isPlain(component) ? component : mirroredImage(name).repository}`
}

/** A component is a key of the release's files, and may be anything. */
function isPlain(component: string): boolean {
  return /^\w[\w.-]*$/.test(component)
}

/** 32-bit ARM of today is version 7. */
function platform(architecture: Architecture): string {
  return architecture === 'arm' ? 'linux/arm/v7' : `linux/${architecture}`
}

/** A JSON string is a YAML string; what GitHub would take for an expression cannot be in the name of an image. */
function quoted(text: string): string {
  return JSON.stringify(text)
}
