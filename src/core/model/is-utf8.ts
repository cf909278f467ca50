/** Whether bytes are UTF-8: they come back from the text that they are read as. */
export function isUtf8(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = buffer.toString()
  return !text.includes('\uFFFD') || Buffer.from(text).equals(buffer)
}
