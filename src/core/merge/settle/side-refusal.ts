/**
 * Why a side cannot be had: `one-side`: there are no two things that could both stand there · `no-lines`: it is no text, and one of
 * the two has to go · `deleted`: one of the two has no such file · `kind`: one of the two is a link or a submodule · `mode`: the two
 * differ in whether the file may be run · `folder-in-the-way`: a folder of the release stands where the patch has a file, or the
 * other way round · `unreadable`: it would be no YAML any more · `stands-twice`: settings would stand there twice · `place-unclear`:
 * the text does not tell what to replace.
 */
export type SideRefusal =
  | {
      readonly code:
        | 'one-side'
        | 'no-lines'
        | 'deleted'
        | 'kind'
        | 'mode'
        | 'folder-in-the-way'
        | 'unreadable'
        | 'place-unclear'
    }
  | { readonly code: 'stands-twice'; readonly names: readonly string[] }
