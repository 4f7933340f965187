// Cuts a text into pieces that Rocket.Chat takes: its own limit is 5,000 characters unless it is changed.

const MOST = 4500;

/** Between words where there are any; none for an empty text. */
export function splitText(text: string, most = MOST): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const cut = Math.max(rest.lastIndexOf('\n', most), rest.lastIndexOf(' ', most));
    const at = cut > most / 2 ? cut : keepPairs(rest, most);
    parts.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
  if (rest !== '') parts.push(rest);
  return parts;
}

/** Never between the halves of a character. */
function keepPairs(text: string, at: number): number {
  const code = text.charCodeAt(at - 1);
  return code >= 0xd800 && code <= 0xdbff ? at - 1 : at;
}
