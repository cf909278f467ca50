import { yamlWord } from '../blocks/yaml-word.ts'

/** Where the workflow that runs the Action stands in a fork. */
export const OWN_WORKFLOW_PATH = '.github/workflows/multiarch.yml'

/** The Action at the tag that its releases move. */
const ACTION = 'kubespray-multiarch/kubespray-multiarch@v1'

/** The workflow that runs the Action in a fork, looking again whenever one of these branches moves. */
export function renderOwnWorkflow(branches: readonly string[]): string {
  return `name: multiarch
on:
  schedule:
    - cron: '17 5 * * *'
  workflow_dispatch:
  push:
    branches: [${branches.map(branchFilter).join(', ')}]
  issue_comment:
    types: [created]
  pull_request:
    types: [closed, reopened, synchronize]

permissions:
  contents: write
  pull-requests: write
  issues: write
  checks: write

# One at a time: two runs on one repository must not overlap. GitHub lets one wait and drops those before it; what they were for, the
# next run by the clock finds.
concurrency:
  group: multiarch
  cancel-in-progress: false

jobs:
  multiarch:
    runs-on: ubuntu-latest
    # A comment that is not for us costs no runner.
    if: github.event_name != 'issue_comment' || contains(github.event.comment.body, '/multiarch')
    steps:
      - uses: ${ACTION}
`
}

/** GitHub reads these as patterns: of what git allows in a branch's name, `+` and a leading `!` have a meaning of their own. */
function branchFilter(branch: string): string {
  return yamlWord(branch.replace(/\+|^!/g, String.raw`\$&`))
}
