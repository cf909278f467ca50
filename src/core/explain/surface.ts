/**
 * Where a text is read. Under a pull request commands are answered in comments and options are keys of the settings; in a terminal,
 * and in a report that somebody wrote from there, they are commands and flags of the command line.
 */
export type Surface = 'pull-request' | 'terminal'
