// Several findings as one text.
export const joinSays = (...texts: (string | null)[]): string | null =>
  texts.filter((one) => one !== null).join(' ') || null;
