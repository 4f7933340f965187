// Whether a contact asks for a person: one of the words stands in the text, whole and in any case.
import { foldText } from './rules/fold-text.ts';

/** Of scripts that attach endings to a word, or write no spaces. */
const JOINED =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;
/** Of those, what writes no spaces before a word either. */
const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const LETTER_BEFORE = /[\p{L}\p{M}\p{N}]$/u;
const LETTER_AFTER = /^[\p{L}\p{M}\p{N}]/u;

/** So much of a message is looked at. */
const MOST = 2000;

/** The first of the words that stands in it; null: none. A Korean word may carry an ending: 상담원과. */
export function findAsking(text: string, words: readonly string[]): string | null {
  const said = flatten(text.slice(0, MOST));
  return words.find((word) => contains(said, flatten(word))) ?? null;
}

function flatten(text: string): string {
  return foldText(text).replaceAll(/\s+/gu, ' ').trim();
}

function contains(said: string, word: string): boolean {
  if (word === '') return false;
  for (let at = said.indexOf(word); at >= 0; at = said.indexOf(word, at + 1)) {
    // A letter may be two units long: what is before and after is read as text.
    const before = said.slice(Math.max(0, at - 2), at);
    const after = said.slice(at + word.length, at + word.length + 2);
    const begins = UNSPACED.test(word) || !LETTER_BEFORE.test(before);
    if (begins && (JOINED.test(word) || !LETTER_AFTER.test(after))) return true;
  }
  return false;
}
