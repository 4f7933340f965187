// The locale in which numbers and times of a language are written.

/**
 * Arabic is read with two sets of numerals, and browsers differ in which they choose. Ids, addresses
 * and times that the server writes have those of Latin, so all have them (decision 87).
 */
export function localeOf(language: string): string {
  return language === 'ar' ? 'ar-u-nu-latn' : language;
}
