import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'

const TYPE_NUMBERS = { commit: 1, tree: 2, blob: 3 } as const

export interface PackedObject {
  readonly type: keyof typeof TYPE_NUMBERS
  readonly bytes: Uint8Array
}

/**
 * A pack of whole objects (version 2, `gitformat-pack`), to hand many objects to one `git unpack-objects`: a process for
 * each blob costs more than the merge that made it.
 */
export function packOf(objects: readonly PackedObject[]): Buffer {
  const head = Buffer.alloc(12)
  head.write('PACK')
  head.writeUInt32BE(2, 4)
  head.writeUInt32BE(objects.length, 8)
  const parts: Uint8Array[] = [head]
  for (const { type, bytes } of objects) {
    parts.push(entryHead(TYPE_NUMBERS[type], bytes.length), deflateSync(bytes, { level: 1 }))
  }
  const body = Buffer.concat(parts)
  return Buffer.concat([body, createHash('sha1').update(body).digest()])
}

/** Type and size: four bits of the size in the first byte, seven in each further one, low bits first. */
function entryHead(type: number, size: number): Buffer {
  const bytes: number[] = []
  let byte = (type << 4) | (size & 15)
  let rest = Math.floor(size / 16)
  while (rest > 0) {
    bytes.push(byte | 0x80)
    byte = rest & 0x7f
    rest = Math.floor(rest / 128)
  }
  bytes.push(byte)
  return Buffer.from(bytes)
}
