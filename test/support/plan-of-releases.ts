import type { Catalogue } from '../../src/core/catalogue/catalogue.ts'
import type { ReleaseTag } from '../../src/core/model/release-tag.ts'
import { planRoute, type RouteRequest } from '../../src/core/plan/plan-route.ts'
import type { Route } from '../../src/core/plan/step.ts'
import { catalogueWith } from './catalogue.ts'

/** Four releases as upstream makes them: the default minor and two before it. */
export const RELEASES: Readonly<Record<string, Catalogue>> = {
  'v2.26.0': catalogueWith({ versions: ['v1.30.4', 'v1.29.7', 'v1.28.12'], minimum: 'v1.28.0' }),
  'v2.26.1': catalogueWith({ versions: ['v1.30.6', 'v1.29.10', 'v1.28.15'], minimum: 'v1.28.0' }),
  'v2.27.0': catalogueWith({ versions: ['v1.31.4', 'v1.30.8', 'v1.29.12'], minimum: 'v1.29.0' }),
  'v2.27.1': catalogueWith({ versions: ['v1.31.9', 'v1.30.13', 'v1.29.15'], minimum: 'v1.29.0' }),
  'v2.28.1': catalogueWith({ versions: ['1.32.8', '1.31.12', '1.30.14'], minimum: '1.30.0' }),
  'v2.29.1': catalogueWith({ versions: ['1.33.7', '1.32.10', '1.31.14'], minimum: '1.31.0' }),
}

export function plan(
  release: string,
  kubernetes: string,
  more: Partial<RouteRequest> & { with?: Record<string, Catalogue> } = {},
): Route {
  const { with: changed, ...rest } = more
  const catalogues = new Map(Object.entries({ ...RELEASES, ...changed })) as Map<ReleaseTag, Catalogue>
  return planRoute({
    from: { release: release as ReleaseTag, kubernetes },
    architectures: ['amd64', 'arm64'],
    catalogues,
    ...rest,
  })
}
