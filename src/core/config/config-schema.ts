import * as z from 'zod'
import { architectureNames } from '../model/architecture.ts'
import { isClusterName } from '../model/cluster/is-cluster-name.ts'
import { readLayoutSetting } from '../model/layout-setting.ts'
import { nearest } from '../model/nearest.ts'
import { isSafePath } from '../model/parent-of.ts'
import { readReleaseTag } from '../model/release-tag.ts'
import { timeZoneSchema, windowSchema } from './read-window.ts'

/** What may be said about an add-on; `inventory` turns it into changes. */
export const ADDON_POLICIES = ['disable', 'keep', 'ask'] as const
export type AddonPolicy = (typeof ADDON_POLICIES)[number]

const repository = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+$/,
    'must be a repository on the same GitHub, `owner/name`',
  )

const branchName = z
  .string()
  // git-check-ref-format(1), as far as people meet it.
  .regex(/^(?![-/.])(?!.*(?:\.\.|\/\/|@\{|\.lock$|[/.]$))[^\s~^:?*[\\]+$/, 'must be the name of a branch')

const folder = z
  .string()
  .refine(
    isSafePath,
    'must be a folder inside the repository, without `..` and without a leading or trailing slash',
  )

const LAYOUTS = ['root', 'inventory', 'submodule', 'folder', 'pin'] as const

const layout = z.string().refine(
  (text) => {
    const setting = readLayoutSetting(text)
    return setting !== undefined && (!('path' in setting) || isSafePath(setting.path))
  },
  {
    error: ({ input }) => {
      const [kind = '', ...path] = String(input).split(':')
      const meant = nearest(kind, LAYOUTS)
      const hint = meant && meant !== kind ? ` (did you mean \`${[meant, ...path].join(':')}\`?)` : ''
      return `must be \`root\`, \`inventory\`, or \`submodule:\`, \`folder:\` or \`pin:\` with a path inside the repository${hint}`
    },
  },
)

const releaseTag = z
  .string()
  .refine((text) => readReleaseTag(text) !== undefined, 'must be a release of Kubespray, such as `v2.28.0`')

const kubernetesMinor = z
  .string()
  .regex(/^v?1\.\d+$/, 'must be a Kubernetes minor in quotes, such as `"1.33"`')

const architectures = z
  .array(z.enum(architectureNames() as [string, ...string[]]))
  .min(1, 'must name at least one architecture')

const inventories = z.array(folder).min(1, 'must name at least one folder')

const follow = z
  .string()
  .regex(/^(latest|v2\.\d+)$/, 'must be `latest`, or a minor of Kubespray such as `v2.29`')

const kubernetesFollow = z.enum(['step', 'release', 'pinned'])
const addons = z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.enum(ADDON_POLICIES))
const advance = z.enum(['on-merge', 'on-applied'])

/** What one of several clusters says for itself; what it leaves out is said for all of them. */
const cluster = z.strictObject({
  folder: folder
    .optional()
    .describe(
      'A folder in which everything is this cluster’s: its copy, submodule or pins, and its inventories.',
    ),
  layout: layout
    .optional()
    .describe(
      'Where its Kubespray is, as `layout` says it of a whole repository; `root` is none of several.',
    ),
  base: releaseTag.optional().describe('The release that it runs, where no file of its own says it.'),
  inventories: inventories
    .optional()
    .describe('The folders of its inventories. Left out, those in its `folder`.'),
  architectures: architectures.optional().describe('The architectures of its nodes.'),
  follow: follow.optional().describe('How far it goes.'),
  kubernetes: z
    .strictObject({
      follow: kubernetesFollow.optional().describe('How its Kubernetes moves.'),
      max: kubernetesMinor.optional().describe('The newest Kubernetes minor that it goes to.'),
    })
    .optional()
    .describe('How its Kubernetes moves.'),
  addons: addons.optional().describe('What to do about its add-ons, beside what is said for all.'),
  advance: advance.optional().describe('When its next step is proposed.'),
})

const assignee = z
  .string()
  .regex(/^@?[A-Za-z0-9][A-Za-z0-9_-]*$/, 'must be a GitHub user; a team cannot be assigned')

const prefix = z
  .string()
  .regex(/^\S(?:[^\r\n]{0,38}\S)?$/, 'must be one line of at most 40 characters, such as `chore(deps):`')

const reviewer = z
  .string()
  .regex(/^@?[A-Za-z0-9][A-Za-z0-9-]*(\/[A-Za-z0-9._-]+)?$/, 'must be a GitHub user, or a team as `org/team`')

/**
 * Every key of `.github/multiarch.yml`: its type, its default and its help. Types, checks, the JSON schema and
 * `docs/configuration.md` all come from here.
 */
export const configSchema = z
  .strictObject({
    upstream: repository
      .default('kubernetes-sigs/kubespray')
      .describe('The Kubespray repository whose releases are followed.'),
    branch: branchName
      .optional()
      .describe(
        'The branch that holds your patches and that pull requests go to. Left out, it is the default branch, or the ' +
          'one branch that holds commits of your own. Where each release has a branch of its own, its name with ' +
          '`{minor}` (`2.28`) or `{release}` (`2.28.1`) in it, such as `mine-{minor}`: the newest of them is taken, ' +
          'and a step starts the next one at its release.',
      ),
    layout: layout
      .optional()
      .describe(
        'Where Kubespray is, for a repository that has it in more than one place: `root` (a fork or a copy), ' +
          '`folder:PATH` (a copy in a folder), `submodule:PATH`, `pin:FILE` (the release is written in this file, for an ' +
          'image, a collection, a clone or an archive), or `inventory` (hosts and variables alone). Left out, it is what ' +
          'everything that is found agrees on.',
      ),
    base: releaseTag
      .optional()
      .describe(
        'The release of Kubespray that runs now, for a repository that does not say it elsewhere: an inventory alone, ' +
          'or one that follows a branch. Steps move it.',
      ),
    architectures: architectures
      .optional()
      .describe(
        'The architectures of your nodes, in any common spelling (`arm64`, `aarch64`). Left out, they are read from ' +
          'your inventories and patches, and the pull request says which were found.',
      ),
    inventories: inventories
      .optional()
      .describe('The folders of the inventories to edit. Left out, they are looked for.'),
    clusters: z
      .record(z.string().refine(isClusterName), cluster)
      .optional()
      .describe(
        'Several clusters with releases of their own in one repository, by name. Each has its own plan, pull requests ' +
          'and place on the dashboard, and no step of one changes a file of another; what is said beside them holds for ' +
          'all. Clusters that are run from one Kubespray need none of this: one step moves it for all of them.',
      ),
    follow: follow
      .default('latest')
      .describe(
        'How far to go: `latest` goes to the newest release, step by step. A minor such as `v2.29` stays on it and ' +
          'takes its patch releases.',
      ),
    'minimum-age': z
      .int()
      .min(0)
      .max(365)
      .default(0)
      .describe(
        'How many days a release of Kubespray has to be out before it is offered; faults are mostly found in the first ' +
          'of them. It counts from the day that upstream published it, on a clone from its newest commit. ' +
          '`--onto` takes a release whatever its age.',
      ),
    kubernetes: z
      .strictObject({
        follow: kubernetesFollow
          .default('step')
          .describe(
            '`step` moves Kubernetes one minor at a time, each in a pull request of its own, to a version that every ' +
              'architecture can run. `release` takes the default of the Kubespray release whenever the one-minor rule ' +
              'allows it. `pinned` never touches the version.',
          ),
        max: kubernetesMinor.optional().describe('The newest Kubernetes minor to go to, in quotes.'),
      })
      .prefault({})
      .describe('How Kubernetes itself moves.'),
    addons: addons
      .default({})
      .describe(
        'What to do about a bundled add-on, by its name in Kubespray with or without `_enabled`: `disable` it, `keep` ' +
          'it as it is, or `ask` in the pull request. Add-ons not named here follow the advice for the release.',
      ),
    advance: advance
      .default('on-merge')
      .describe(
        'When the next step is proposed: `on-merge` as soon as the last one is merged, `on-applied` once somebody ' +
          'commented `/multiarch applied` because the cluster runs it.',
      ),
    patches: z
      .strictObject({
        author: z
          .enum(['keep', 'app'])
          .default('keep')
          .describe(
            'Who the author of a carried commit is: `keep` keeps the one who wrote the patch, `app` commits as the App ' +
              'and names the author in a trailer, so that GitHub shows the commit as verified.',
          ),
        'drop-upstreamed': z
          .enum(['propose', 'keep'])
          .default('propose')
          .describe(
            'What happens to a patch that the release already has: `propose` leaves it out, with the evidence; `keep` ' +
              'leaves an empty commit in its place, as a note.',
          ),
      })
      .prefault({})
      .describe('How patches are carried.'),
    commits: z
      .strictObject({
        prefix: prefix
          .optional()
          .describe(
            'Put before the title of each pull request, and before the first line of each commit that is mine, such as ' +
              '`chore(deps):` for Conventional Commits. A patch that is carried keeps its own first line.',
          ),
        'sign-off': z
          .boolean()
          .default(false)
          .describe(
            'Whether each commit that I make ends with my own `Signed-off-by` (DCO), carried patches too. What their ' +
              'authors signed off stays; for an author who did not I cannot.',
          ),
      })
      .prefault({})
      .describe('How commits are worded.'),
    'pull-requests': z
      .strictObject({
        labels: z
          .array(z.string().min(1).max(50))
          .default(['multiarch'])
          .describe('Labels put on each pull request.'),
        reviewers: z
          .array(reviewer)
          .default([])
          .describe('Who is asked for a review: users, or teams as `org/team`.'),
        assignees: z
          .array(assignee)
          .default([])
          .describe('Who each pull request is assigned to: users who may be, others are left out.'),
        schedule: z
          .array(windowSchema)
          .default([])
          .describe(
            'When a pull request may be opened, in the words that Renovate has for it: hours (`before 5am`, `after 10pm`, ' +
              '`after 10pm and before 5am`; whole ones, `17:00` as well), days (`every weekday`, `every weekend`, `on monday`, ' +
              '`on monday and friday`), or both (`before 4am on monday`). One of them is enough; with none it is at any time. ' +
              'One that is open is kept up to date at any time, commands are answered at any time, and a clone writes when ' +
              'it is told to. Somebody has to look within the hours: `serve` and `sweep` by the hour do, the Action does ' +
              'when the cron of its workflow says so.',
          ),
        'time-zone': timeZoneSchema
          .default('UTC')
          .describe('The time zone of the schedule, by its name in the IANA database.'),
        'max-open': z
          .int()
          .min(1)
          .max(10)
          .default(2)
          .describe(
            'How many pull requests may be open at once (one step of each kind: a release, Kubernetes, add-ons).',
          ),
      })
      .prefault({})
      .describe('How pull requests look.'),
  })
  .meta({
    title: 'kubespray-multiarch',
    description: 'Settings of kubespray-multiarch, `.github/multiarch.yml`. Everything is optional.',
  })

/** The file with every default filled in, still in the file's own words. */
export type FilledConfig = z.output<typeof configSchema>

/** The JSON schema of the file as written, for editors (`multiarch config schema`). */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(configSchema, { io: 'input' })
}
