import {
  DOCS,
  GRAPHQL_LIMITS,
  NOT_GRANTED,
  SECONDARY,
  WENT_WRONG,
  graphql,
  json,
  page,
  partly,
  pathOf,
  usedUp,
  type Shape,
} from './shape.ts'

/** Answers as GitHub's GraphQL refuses. */
export const GRAPHQL_SHAPES = {
  'graphql-rate-limit': {
    over: 'graphql',
    source: 'https://github.com/yanyongyu/githubkit/issues/271',
    send: (asked) =>
      graphql(
        {
          type: 'RATE_LIMIT',
          code: 'graphql_rate_limit',
          message: `API rate limit already exceeded for ${asked.caller}.`,
        },
        { headers: usedUp(asked) },
      ),
  },
  'graphql-rate-limited': {
    over: 'graphql',
    source: 'https://github.com/renovatebot/renovate/issues/21861',
    send: (asked) =>
      graphql(
        { type: 'RATE_LIMITED', message: `API rate limit exceeded for ${asked.caller}.` },
        { headers: usedUp(asked) },
      ),
  },
  'graphql-secondary-limit': {
    over: 'graphql',
    source: GRAPHQL_LIMITS,
    send: () =>
      graphql({ message: SECONDARY }, { headers: { 'retry-after': '45', 'x-ratelimit-remaining': '4990' } }),
  },
  'graphql-secondary-limit-403': {
    over: 'graphql',
    source: GRAPHQL_LIMITS,
    send: () => json(403, SECONDARY, { headers: { 'retry-after': '45' } }),
  },
  'graphql-secondary-limit-without-time': {
    over: 'graphql',
    source: GRAPHQL_LIMITS,
    send: () => graphql({ message: SECONDARY }, { data: null }),
  },
  'graphql-resource-limits': {
    over: 'graphql',
    source: 'https://github.blog/changelog/2025-09-01-graphql-api-resource-limits/',
    send: ({ answer }) => partly(answer),
  },
  'graphql-resource-limits-whole': {
    over: 'graphql',
    source: 'https://github.blog/changelog/2025-09-01-graphql-api-resource-limits/',
    send: () =>
      graphql(
        { type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Resource limits for this query exceeded.' },
        { data: null },
      ),
  },
  'graphql-node-limit': {
    over: 'graphql',
    source: GRAPHQL_LIMITS,
    send: () =>
      graphql({
        type: 'MAX_NODE_LIMIT_EXCEEDED',
        message:
          'This query requests up to 1,010,100 possible nodes which exceeds the maximum limit of 500,000.',
      }),
  },
  'graphql-went-wrong': {
    over: 'graphql',
    source: 'https://github.com/cli/cli/issues/6262',
    send: () => graphql({ message: WENT_WRONG }, { data: null }),
  },
  'graphql-went-wrong-502': {
    over: 'graphql',
    source: 'https://github.com/octokit/graphql.js/issues/293',
    send: () => graphql({ message: WENT_WRONG }, { status: 502, data: null }),
  },
  'graphql-timeout-page': { over: 'graphql', source: GRAPHQL_LIMITS, send: () => page(504) },
  'graphql-bad-gateway-page': { over: 'graphql', source: GRAPHQL_LIMITS, send: () => page(502) },
  'graphql-forbidden': {
    over: 'graphql',
    source: 'https://github.com/argoproj/argo-workflows/pull/16639',
    send: ({ answer }) =>
      graphql(
        {
          type: 'FORBIDDEN',
          message: NOT_GRANTED,
          path: pathOf(answer),
          extensions: { saml_failure: false },
        },
        { data: null },
      ),
  },
  'graphql-not-found': {
    over: 'graphql',
    source: `${DOCS}/graphql`,
    send: ({ answer }) =>
      graphql(
        {
          type: 'NOT_FOUND',
          path: pathOf(answer).slice(0, 1),
          message: "Could not resolve to a Repository with the name 'ada/kubespray'.",
        },
        {
          data: Object.fromEntries(
            pathOf(answer)
              .slice(0, 1)
              .map((name) => [name, null]),
          ),
        },
      ),
  },
  'graphql-unknown': {
    over: 'graphql',
    source: 'nobody has seen it yet, which is why it is here',
    send: () =>
      graphql({ type: 'SOMETHING_NEW', message: 'An error that nobody has heard of.' }, { data: null }),
  },
  'graphql-error-elsewhere': {
    over: 'graphql',
    source: 'https://spec.graphql.org/October2021/#sec-Errors',
    send: ({ answer }) => ({
      ...{ how: 'reply', status: 200, headers: {} },
      body: {
        data: { ...(answer?.body as { data?: object } | undefined)?.data },
        errors: [{ message: 'Something of this was not looked at.', path: ['viewer'] }],
      },
    }),
  },
  'graphql-alias-missing': {
    over: 'graphql',
    source: 'a body put together by a proxy, or an API behind a gateway',
    send: () => ({ how: 'reply', status: 200, headers: {}, body: { data: {} } }),
  },
} as const satisfies Readonly<Record<string, Shape>>
