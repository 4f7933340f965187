// Keeps a stranger's text from reversing the text around it, and from being invisible. Pure.

/** Embeddings, overrides and isolates: their effect may end with the paragraph only (UAX 9, X1 to X8). */
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Letters that are written from the right. */
const FROM_RIGHT =
  /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

const UNSEEN = /^[\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]*$/u;

/** For where it stands by itself: its letters alone say in which direction they are read. */
export function withoutDirections(text: string): string {
  return text.replace(DIRECTIONS, '');
}

/** For the middle of a sentence: whatever its letters, the sentence goes on as it began. */
export function isolate(text: string): string {
  const plain = withoutDirections(text);
  return FROM_RIGHT.test(plain) ? `\u2068${plain}\u2069` : plain;
}

/** A number by itself is read alike everywhere. */
const NUMBER = /^[\d.,]*$/;

/** For a sentence that is written from the right: names, addresses and telephone numbers stay as they are. */
export function isolateAlways(text: string): string {
  const plain = withoutDirections(text);
  return NUMBER.test(plain) ? plain : `\u2068${plain}\u2069`;
}

/** Nothing of it can be seen: empty, white, or made of characters without a shape. */
export function isUnseen(text: string): boolean {
  return UNSEEN.test(text);
}
