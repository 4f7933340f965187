// A language in the words of the reader.

export function nameLanguage(tag: string, reader: string): string {
  try {
    return new Intl.DisplayNames([reader], { type: 'language' }).of(tag) ?? tag;
  } catch {
    // None that is known; anybody may have written it.
    return tag;
  }
}
