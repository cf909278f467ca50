import { GRAPHQL_SHAPES } from './graphql-shapes.ts'
import {
  DOCS,
  NOT_GRANTED,
  REST_LIMITS,
  SECONDARY,
  TROUBLE,
  json,
  okay,
  page,
  usedUp,
  type Shape,
} from './shape.ts'

/** Answers as GitHub refuses, by the names that tests ask for them. */
export const SHAPES = {
  ...GRAPHQL_SHAPES,
  'rest-primary-limit': {
    over: 'rest',
    source: REST_LIMITS,
    send: (asked) => json(403, `API rate limit exceeded for ${asked.caller}.`, { headers: usedUp(asked) }),
  },
  'rest-primary-limit-429': {
    over: 'rest',
    source: REST_LIMITS,
    send: (asked) => json(429, `API rate limit exceeded for ${asked.caller}.`, { headers: usedUp(asked) }),
  },
  'rest-secondary-limit': {
    over: 'rest',
    source: REST_LIMITS,
    send: () => json(403, SECONDARY, { headers: { 'retry-after': '45' } }),
  },
  'rest-secondary-limit-429': {
    over: 'rest',
    source: REST_LIMITS,
    send: () => json(429, SECONDARY, { headers: { 'retry-after': '45' } }),
  },
  'rest-secondary-limit-without-time': {
    over: 'rest',
    source: REST_LIMITS,
    send: () => json(403, SECONDARY),
  },
  'rest-content-limit': {
    over: 'rest',
    source: 'https://github.com/orgs/community/discussions/50326',
    send: () =>
      json(
        403,
        'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.',
      ),
  },
  'rest-too-quickly': {
    over: 'rest',
    source: 'https://github.com/cli/cli/issues/4801',
    send: () => json(422, 'Validation Failed', { body: { errors: ['was submitted too quickly'] } }),
  },
  'rest-too-many-requests-page': {
    over: 'rest',
    source: TROUBLE,
    send: () => page(429, '<html><body>Too many requests</body></html>'),
  },
  'rest-workflows-not-granted': {
    over: 'both',
    source: 'https://github.com/microsoft/AL-Go/issues/808',
    send: () =>
      json(403, NOT_GRANTED, {
        headers: { 'x-accepted-github-permissions': 'contents=write; contents=write,workflows=write' },
      }),
  },
  'rest-workflows-not-found': {
    over: 'both',
    source: 'https://github.com/WordPress/contributor-toolkit/issues/179',
    send: () =>
      json(404, 'Not Found', {
        headers: { 'x-accepted-github-permissions': 'contents=write; contents=write,workflows=write' },
      }),
  },
  'rest-workflows-said': {
    over: 'both',
    source: 'what git push is told',
    send: () =>
      json(
        422,
        'refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission',
      ),
  },
  'rest-not-granted': {
    over: 'rest',
    source: TROUBLE,
    send: () => json(403, NOT_GRANTED, { headers: { 'x-accepted-github-permissions': 'checks=write' } }),
  },
  'rest-not-found': { over: 'rest', source: TROUBLE, send: () => json(404, 'Not Found') },
  'rest-gone': { over: 'rest', source: TROUBLE, send: () => json(410, 'This issue was deleted') },
  'rest-issues-disabled': {
    over: 'rest',
    source: TROUBLE,
    send: () => json(410, 'Issues are disabled for this repo'),
  },
  'rest-blocked': {
    over: 'rest',
    source: 'https://developer.github.com/changes/2016-03-17-the-451-status-code-is-now-supported/',
    send: () =>
      json(451, 'Repository access blocked', {
        body: { block: { reason: 'dmca', created_at: '2026-01-01T00:00:00Z' } },
      }),
  },
  'rest-lag': {
    over: 'rest',
    source: 'https://github.com/cli/cli/issues/4907',
    send: () => json(422, 'Object does not exist'),
  },
  'rest-compare-too-long': {
    over: 'rest',
    source: 'https://github.com/github-changelog-generator/github-changelog-generator/issues/920',
    send: () => json(500, 'Server Error: Sorry, this diff is taking too long to generate.'),
  },
  'rest-validation-failed': {
    over: 'rest',
    source: TROUBLE,
    send: () =>
      json(422, 'Validation Failed', {
        body: { errors: [{ resource: 'Issue', field: 'title', code: 'invalid' }] },
      }),
  },
  'rest-conflict': { over: 'rest', source: TROUBLE, send: () => json(409, 'Conflict') },
  'rest-teapot': {
    over: 'rest',
    source: 'nobody has seen it yet',
    send: () => json(418, 'An answer that nobody has heard of.'),
  },
  archived: {
    over: 'rest',
    source: 'https://github.com/octokit/octokit.js/issues/1840',
    send: () => json(403, 'Repository was archived so is read-only.'),
  },
  'bad-credentials': { over: 'both', source: TROUBLE, send: () => json(401, 'Bad credentials') },
  suspended: { over: 'both', source: TROUBLE, send: () => json(403, 'This installation has been suspended') },
  'ip-allow-list': {
    over: 'both',
    source: `${DOCS}/organizations/keeping-your-organization-secure/managing-allowed-ip-addresses-for-your-organization`,
    send: () =>
      json(
        403,
        'Although you appear to have the correct authorization credentials, the `ada` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
      ),
  },
  'server-error': { over: 'both', source: TROUBLE, send: () => json(500, 'Server Error') },
  'bad-gateway': { over: 'both', source: TROUBLE, send: () => json(502, 'Server Error') },
  'bad-gateway-page': { over: 'both', source: TROUBLE, send: () => page(502) },
  unavailable: {
    over: 'both',
    source: TROUBLE,
    send: () => json(503, 'Service unavailable', { headers: { 'retry-after': '45' } }),
  },
  'gateway-timeout': { over: 'both', source: TROUBLE, send: () => page(504) },
  'cut-connection': {
    over: 'both',
    source: 'seen where connections and proxies fail',
    send: () => ({ how: 'cut' }),
  },
  'cut-body': {
    over: 'both',
    source: 'seen where connections and proxies fail',
    send: () => ({ how: 'break-off' }),
  },
  silence: {
    over: 'both',
    source: 'seen where connections and proxies fail',
    send: () => ({ how: 'silence' }),
  },
  'half-body': {
    over: 'both',
    source: 'seen where connections and proxies fail',
    send: ({ answer }) => {
      const whole = JSON.stringify(answer?.body ?? { data: { half: 'of it' } })
      return {
        ...okay(answer),
        text: whole.slice(0, Math.ceil(whole.length / 2)),
        type: 'application/json; charset=utf-8',
      }
    },
  },
  'empty-body': {
    over: 'both',
    source: 'seen where connections and proxies fail',
    send: ({ answer }) => ({ ...okay(answer), text: '', type: 'application/json; charset=utf-8' }),
  },
  'other-body': {
    over: 'both',
    source: 'seen where connections and proxies fail',
    send: ({ answer }) => ({ ...okay(answer), body: {} }),
  },
  'page-for-body': {
    over: 'both',
    source: 'seen where connections and proxies fail',
    send: ({ answer }) => ({
      ...okay(answer),
      text: '<html>Sign in to the network</html>',
      type: 'text/html',
    }),
  },
} as const satisfies Readonly<Record<string, Shape>>

export type ShapeName = keyof typeof SHAPES
