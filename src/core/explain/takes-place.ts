import { marker } from './marker.ts'

/** The last word in a pull request of ours that a newer one takes the place of. */
export function takesPlace(number: number, title: string): string {
  return `#${number} takes the place of this: ${title} is out, and it holds all of this.`
}

/** The last word in one that came too early. By its mark we know that nobody rejected it. */
export function waitsFor(number: number): string {
  return `#${number} comes before this one and is open again, and I go one step at a time. I close this, and propose it again once that one is settled.\n\n${marker('waits', number)}\n`
}
