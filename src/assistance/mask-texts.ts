// Masks e-mail addresses and long numbers in what leaves, and puts them back into what returns. Pure.

export interface Masked {
  texts: string[];
  /** How many different ones were masked. */
  count: number;
  /** Puts them back where their names stand. */
  restore(text: string): string;
}

// Bounded, so that a long word without an @ costs no more than its length.
const EMAIL = /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;
/** Seven digits or more, however they are grouped. */
const NUMBER = /\+?\(?\p{Nd}(?:[\s().\-/\u2010-\u2014\u00b7]{0,3}\p{Nd}){6,}/gu;
const NAME = /\[(?:e-mail|phone|card|number) \d+\]/gi;

/**
 * The same address or number has the same name in all of them. Names, postal addresses, numbers
 * that are spelled out, and everything in pictures and files stay.
 */
export function maskTexts(texts: readonly string[]): Masked {
  const originals = new Map<string, string>();
  const names = new Map<string, string>();
  // Somebody may have written such a name: it must not be taken for one of ours.
  const written = new Set(
    texts.flatMap((text) => (text.match(NAME) ?? []).map((name) => name.toLowerCase())),
  );
  const nameOf = (kind: string, original: string): string => {
    const known = names.get(original);
    if (known !== undefined) return known;
    let number = 1;
    while (written.has(`[${kind} ${number}]`) || originals.has(`[${kind} ${number}]`)) number += 1;
    const name = `[${kind} ${number}]`;
    names.set(original, name);
    originals.set(name, original);
    return name;
  };
  const mask = (text: string): string =>
    text
      .replace(EMAIL, (found) => nameOf('e-mail', found))
      .replace(NUMBER, (found) => nameOf(kindOf(found), found));
  return {
    texts: texts.map(mask),
    count: originals.size,
    restore: (text) => text.replace(NAME, (name) => originals.get(name.toLowerCase()) ?? name),
  };
}

function kindOf(number: string): 'card' | 'phone' | 'number' {
  const digits = number.match(/\p{Nd}/gu) ?? [];
  if (digits.length >= 13 && digits.length <= 19 && isCard(digits.map(Number))) return 'card';
  return digits.length <= 15 ? 'phone' : 'number';
}

/** By Luhn's sum. Digits of other scripts are no number here, and fail. */
function isCard(digits: readonly number[]): boolean {
  const sum = digits
    .toReversed()
    .map((digit, place) => (place % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)))
    .reduce((total, digit) => total + digit, 0);
  return sum % 10 === 0;
}
