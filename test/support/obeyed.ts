/** What a terminal or a page obeys, or shows otherwise than it is; tabs and line breaks are not among it. */
export const OBEYED =
  // eslint-disable-next-line no-control-regex -- controls are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/

/** A little of each: an escape that names the window, a control of the second row, a direction, and a tag that hides a letter. */
export const ESCAPES = '\u001b]0;owned\u0007\u009b31m\u202e\u2069\u206e\ufff9\u{e0041}evil'

/** The same as far as git takes it in a branch's name, and YAML in a plain text. */
export const TURNED = '\u202e\u2066\u206eevil'
