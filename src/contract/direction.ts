// In which direction a language is written. Pure, and small: the visitor's and the agents' pages have it too.

const fromRight = new Set(['ar', 'fa', 'he', 'ur']);

/** Of a tag of BCP 47: ar, ar-EG. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  const base = language.toLowerCase().split('-')[0] ?? '';
  return fromRight.has(base) ? 'rtl' : 'ltr';
}
