// A name that no other entry of a list has.

const LONGEST = 100;

/** The wish itself, or with a number behind it. */
export function freeName(wish: string, taken: readonly string[]): string {
  if (!taken.includes(wish)) return wish;
  for (let number = 2; ; number += 1) {
    const ending = ` ${number}`;
    const name = `${wish.slice(0, LONGEST - ending.length)}${ending}`;
    if (!taken.includes(name)) return name;
  }
}
