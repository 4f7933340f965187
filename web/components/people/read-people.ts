// Reads a pasted list of people: one a line, as spreadsheets and mail programs write them. Pure.

export interface ReadPerson {
  email: string;
  /** Empty: none was written. */
  name: string;
  /** null: it can be invited. */
  fault: 'bad' | 'again' | 'known' | null;
}

const PLAUSIBLE = /^[^\s@<>"',;]+@[^\s@<>"',;]+$/;
const SEPARATORS = /[\t,;]/;

/** `known`: addresses of those who sign in already. */
export function readPeople(text: string, known: ReadonlySet<string>): ReadPerson[] {
  const seen = new Set<string>();
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const { email, name } = readLine(line);
      const folded = email.toLowerCase();
      const fault = judge(folded, seen, known);
      seen.add(folded);
      return { email, name, fault };
    });
}

function judge(
  email: string,
  seen: ReadonlySet<string>,
  known: ReadonlySet<string>,
): ReadPerson['fault'] {
  if (!PLAUSIBLE.test(email)) return 'bad';
  if (seen.has(email)) return 'again';
  return known.has(email) ? 'known' : null;
}

/** `ana@example.com, Ana`, `Ana; ana@example.com` and `Ana <ana@example.com>` say the same. */
function readLine(line: string): { email: string; name: string } {
  const framed = /^(.*)<([^<>]+)>[,;\s]*$/.exec(line);
  if (framed !== null) return { email: (framed[2] ?? '').trim(), name: unquote(framed[1] ?? '') };
  const cells = line
    .split(SEPARATORS)
    .map(unquote)
    .filter((cell) => cell !== '');
  const at = cells.findIndex((cell) => cell.includes('@'));
  if (at === -1) return { email: cells[0] ?? line, name: cells.slice(1).join(' ') };
  return { email: cells[at] ?? '', name: cells.filter((_, place) => place !== at).join(' ') };
}

const unquote = (text: string): string =>
  text
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();
