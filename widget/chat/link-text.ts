// Splits a text into plain pieces and web addresses; the view makes text nodes of both.

export interface Piece {
  text: string;
  /** http or https; null: plain text. */
  href: string | null;
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/gi;

export function linkText(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const shown = trimEnd(match[0]);
    if (!URL.canParse(shown)) continue;
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), href: null });
    pieces.push({ text: shown, href: new URL(shown).href });
    at = match.index + shown.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), href: null });
  return pieces;
}

/**
 * Punctuation at the end of a sentence does not belong to the address; a bracket does if it was
 * opened in it. Each character is looked at twice at most: the text is a stranger's, and long.
 */
function trimEnd(address: string): string {
  let open = 0;
  for (const character of address) {
    if (character === '(') open += 1;
    else if (character === ')') open -= 1;
  }
  for (let end = address.length; end > 0; end -= 1) {
    const last = address[end - 1] ?? '';
    const closes = last === ')' && open < 0;
    if (!closes && !/[.,;:!?\]}…]/.test(last)) return address.slice(0, end);
    if (closes) open += 1;
  }
  return address;
}

/** One to three emoji and nothing else: shown large. */
export function isOnlyEmoji(text: string): boolean {
  return /^(?:\p{RGI_Emoji}\s*){1,3}$/v.test(text);
}
