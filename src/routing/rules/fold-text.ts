// Makes texts comparable whatever their case: equal when folded is equal by Unicode's full case folding.

/**
 * The canonical caseless match of the Unicode Standard (D145), with its result composed so that "e"
 * does not begin "é". https://www.unicode.org/versions/latest/core-spec/chapter-3/#G53513
 * Never throws: a lone surrogate stays what it is.
 */
export function foldText(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  // Up to here equal to folding; but upper case takes the dotless ı for an i.
  return text.normalize('NFD').split('ı').map(foldCase).join('ı').normalize('NFC');
}

/**
 * JavaScript has no folding. Lower, upper, lower case is the same for every character of Unicode 14
 * and of every later one that has two cases: held against Python's `casefold`, one by one. The
 * libraries that bring a table bring one of Unicode 7 or 12, and the engine's own grows with Node.
 */
function foldCase(text: string): string {
  // A sigma at the end of a word has a form of its own.
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
}

function isAscii(text: string): boolean {
  for (let place = 0; place < text.length; place += 1) {
    if (text.charCodeAt(place) > 127) return false;
  }
  return true;
}
