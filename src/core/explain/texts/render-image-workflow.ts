import type { MissingImage } from '../../audit/whole/missing-images.ts'
import type { Architecture } from '../../model/architecture.ts'
import { enumerated } from '../../text/enumerated.ts'

/** Where the images that a workflow makes are pushed to: the registry of the repository that it runs in. */
const PLACE = 'ghcr.io/${{ github.repository_owner }}'

/**
 * A GitHub Actions workflow that makes images with a manifest for each architecture: put together from builds that exist under
 * names of their own, else built from a Dockerfile that its owner adds. It runs each day and leaves alone what is there already.
 */
export function renderImageWorkflow(
  images: readonly MissingImage[],
  architectures: readonly Architecture[],
): string {
  const assembled = images.filter(({ parts }) => parts !== undefined)
  const built = images.filter(({ parts }) => parts === undefined)
  const lines = [
    ...head(images, built, architectures),
    ...(assembled.length > 0 ? assemble(assembled) : []),
    ...(built.length > 0 ? build(built, architectures) : []),
  ]
  return lines.join('\n') + '\n'
}

function head(
  images: readonly MissingImage[],
  built: readonly MissingImage[],
  architectures: readonly Architecture[],
): readonly string[] {
  const folders = built.map(({ component }) => `images/${component}/Dockerfile`)
  return [
    `# Images with a manifest for each of ${enumerated(architectures)}, which their own registries do not have.`,
    '# Once it has run, name them in the inventory:',
    ...images.map(
      ({ component, variable, name }) =>
        `#   ${variable ?? `${component}_image_repo`}: ghcr.io/<owner>/${shortName(name)}`,
    ),
    ...(folders.length > 0
      ? [
          `# I know no builds to put together for ${enumerated(built.map(({ name }) => name))}: add ${enumerated(folders)}.`,
        ]
      : []),
    'name: images',
    'on:',
    '  schedule:',
    "    - cron: '17 4 * * *'",
    '  push:',
    "    paths: ['images/**', '.github/workflows/images.yml']",
    '  workflow_dispatch:',
    'permissions:',
    '  contents: read',
    '  packages: write',
    'jobs:',
  ]
}

function assemble(images: readonly MissingImage[]): readonly string[] {
  return [
    '  assemble:',
    ...job(),
    ...images.flatMap(({ name, parts = {} }) => [
      ...entry(name),
      `            parts: ${quoted([...new Set(Object.values(parts))].join(' '))}`,
    ]),
    '    steps:',
    ...LOGIN,
    '      - name: Put the manifests together, unless they are',
    '        run: |',
    '          docker buildx imagetools inspect "$IMAGE" >/dev/null 2>&1 && exit 0',
    '          docker buildx imagetools create --tag "$IMAGE" $PARTS',
    '        env:',
    `          IMAGE: ${PLACE}/\${{ matrix.name }}:\${{ matrix.tag }}`,
    '          PARTS: ${{ matrix.parts }}',
  ]
}

function build(images: readonly MissingImage[], architectures: readonly Architecture[]): readonly string[] {
  return [
    '  build:',
    ...job(),
    ...images.flatMap(({ name, component }) => [
      ...entry(name),
      `            folder: ${quoted(`images/${component}`)}`,
    ]),
    '    steps:',
    '      - uses: actions/checkout@v4',
    '      - uses: docker/setup-qemu-action@v3',
    ...LOGIN,
    '      - uses: docker/build-push-action@v6',
    '        with:',
    '          context: ${{ matrix.folder }}',
    `          platforms: ${architectures.map(platform).join(',')}`,
    '          build-args: VERSION=${{ matrix.tag }}',
    `          tags: ${PLACE}/\${{ matrix.name }}:\${{ matrix.tag }}`,
    '          push: true',
  ]
}

function job(): readonly string[] {
  return [
    '    runs-on: ubuntu-latest',
    '    strategy:',
    '      fail-fast: false',
    '      matrix:',
    '        include:',
  ]
}

function entry(name: string): readonly string[] {
  return [`          - name: ${quoted(shortName(name))}`, `            tag: ${quoted(tagOf(name))}`]
}

const LOGIN: readonly string[] = [
  '      - uses: docker/setup-buildx-action@v3',
  '      - uses: docker/login-action@v3',
  '        with:',
  '          registry: ghcr.io',
  '          username: ${{ github.actor }}',
  '          password: ${{ secrets.GITHUB_TOKEN }}',
]

/** `flannel` of `quay.io/coreos/flannel:v0.10.0`. */
function shortName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).split(/[:@]/, 1)[0] ?? ''
}

function tagOf(name: string): string {
  return /:([^:/]+)$/.exec(name)?.[1] ?? 'latest'
}

/** 32-bit ARM of today is version 7. */
function platform(architecture: Architecture): string {
  return architecture === 'arm' ? 'linux/arm/v7' : `linux/${architecture}`
}

/** A JSON string is a YAML string; what GitHub would take for an expression cannot be in the name of an image. */
function quoted(text: string): string {
  return JSON.stringify(text)
}
