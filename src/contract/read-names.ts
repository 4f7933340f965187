// Names of teams or skills as outside systems write them.
import { cleanText } from './clean-text.ts';

const MOST = 20;
const LONGEST = 255;

/** A list of texts, or one text with commas; what is neither asks for nothing. */
export function readNames(value: unknown): string[] {
  const parts = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
  return parts
    .slice(0, MOST)
    .filter((part): part is string => typeof part === 'string')
    .map((part) => cleanText(part).trim())
    .filter((name) => name !== '' && name.length <= LONGEST);
}
