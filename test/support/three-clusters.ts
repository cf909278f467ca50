import { HOME, type Held } from './infrastructure.ts'

const SUBMODULE =
  '[submodule "next"]\n\tpath = deps/kubespray\n\turl = https://github.com/kubernetes-sigs/kubespray.git\n'

/** The inventory of `HOME` at another place, with another Kubernetes where one is given. */
export function inventoryAt(folder: string, kubernetes = 'v1.12.5'): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(HOME).map(([path, text]) => [
      path.replace('inventory/home', folder),
      text.replace('v1.12.5', kubernetes),
    ]),
  )
}

export const THREE_CLUSTERS = `clusters:
  prod:
    folder: prod
  staging:
    layout: submodule:deps/kubespray
    inventories: [inventory/staging]
  lab: { inventories: [inventory/lab], base: v2.9.0 }
`

/** What each of them has for itself, beside its lines in the settings. */
export const OWN: Readonly<Record<string, readonly string[]>> = {
  prod: ['prod/'],
  staging: ['deps/kubespray', 'inventory/staging/'],
  lab: ['inventory/lab/', '.github/multiarch.yml'],
}

/** Three clusters on two releases: a pin in a folder, a submodule, and an inventory alone. */
export const HELD: Held = {
  files: {
    ...inventoryAt('prod/inventory'),
    ...inventoryAt('inventory/staging'),
    ...inventoryAt('inventory/lab', 'v1.13.5'),
    'prod/Makefile': 'VERSION := RELEASE\n\nrun:\n\tdocker run quay.io/kubespray/kubespray:$(VERSION)\n',
    '.gitmodules': SUBMODULE,
    'README.md': 'Three clusters.\n',
  },
  gitlink: 'deps/kubespray',
}
