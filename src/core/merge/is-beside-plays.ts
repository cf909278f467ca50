/**
 * Whether a file is one that no play reads and nothing installs from: documents, upstream's own tests and automation, contributed tools.
 * Who deletes such a file does without it, whatever a release goes on to write there.
 */
export function isBesidePlays(path: string): boolean {
  return BESIDE.test(path)
}

const BESIDE =
  /^(?:\.github|\.gitlab-ci|contrib|docs|logo|scripts|test-infra|tests)\/|^(?:[^/]*\.md|\.gitlab-ci\.yml|\.travis\.yml|\.pre-commit-config\.yaml|\.(?:yamllint|editorconfig|ansible-lint|markdownlint|mdl|md_style)[^/]*|(?:pipeline\.)?Dockerfile|CNAME|OWNERS[^/]*|SECURITY_CONTACTS|Vagrantfile|_config\.yml|index\.html)$/
