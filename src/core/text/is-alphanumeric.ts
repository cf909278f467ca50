/** Whether a UTF-16 code unit is a letter or digit of any script: remarks and documents are written in all of them. */
export function isAlphanumeric(code: number): boolean {
  if (code < 128)
    return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
  return /[\p{L}\p{N}]/u.test(String.fromCharCode(code))
}
