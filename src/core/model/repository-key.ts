/** One spelling of a repository's name: GitHub's names are the same in capitals and small letters. */
export function repositoryKey({ owner, name }: { readonly owner: string; readonly name: string }): string {
  return `${owner}/${name}`.toLowerCase()
}
