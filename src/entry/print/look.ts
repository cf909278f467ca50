import { WIDTH } from '../../core/explain/blocks/terminal.ts'

/** How a text is shown where it goes. */
export interface Look {
  readonly width: number
  readonly hasColours: boolean
}

/** What is known of a stream that a text goes to. */
export type Stream = Pick<NodeJS.WriteStream, 'isTTY'> &
  Partial<Pick<NodeJS.WriteStream, 'columns' | 'getColorDepth'>>

/** Columns of a terminal that does not say how many it has. */
const UNKNOWN = 100

/** Below, no table is readable; above, no paragraph is. */
const BOUNDS = { least: 40, most: 140 }

/** The look of a text by the stream and by what people set: `FORCE_COLOR`, `NO_COLOR`, `TERM=dumb`. */
export function lookOf(stream: Stream, env: NodeJS.ProcessEnv): Look {
  return { width: widthOf(stream), hasColours: hasColours(stream, env) }
}

function widthOf({ isTTY, columns }: Stream): number {
  if (!isTTY) return WIDTH
  return Math.min(BOUNDS.most, Math.max(BOUNDS.least, columns || UNKNOWN))
}

/** As Node itself weighs them: what forces goes before what forbids. */
function hasColours(stream: Stream, env: NodeJS.ProcessEnv): boolean {
  const forced = env['FORCE_COLOR']
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  if (env['NO_COLOR'] || env['TERM'] === 'dumb' || !stream.isTTY) return false
  return (stream.getColorDepth?.(env) ?? 1) > 1
}
