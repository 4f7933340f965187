// The address of a database, as DATABASE_URL has it.

/** What is wrong with an address, before anything is connected; null: nothing. */
export function findAddressFault(text: string): string | null {
  // A # that is not written as %23 would end the address.
  const isKnown = /^postgres(ql)?:\/\//.test(text) && URL.canParse(text) && !text.includes('#');
  return isKnown
    ? null
    : 'is not an address of PostgreSQL; write postgresql://user:password@host:5432/database, with %40 for an @ and %23 for a # in the password';
}
