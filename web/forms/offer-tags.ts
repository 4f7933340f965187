// Which tags are offered for the typed text; Enter takes the first. Pure.

/** What begins so goes before the word itself, and that before what only contains it. */
export function offerTags(known: readonly string[], typed: string): string[] {
  const word = typed.trim();
  if (word === '') return [...known];
  const wanted = word.toLowerCase();
  const exact = known.filter((tag) => tag.toLowerCase() === wanted);
  const longer = known.filter((tag) => tag.toLowerCase().includes(wanted) && !exact.includes(tag));
  const begins = (tag: string) => tag.toLowerCase().startsWith(wanted);
  return [
    ...exact,
    ...longer.filter(begins),
    ...(exact.length > 0 ? [] : [word]),
    ...longer.filter((tag) => !begins(tag)),
  ];
}
