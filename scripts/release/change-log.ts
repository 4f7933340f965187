// The changelog at a release: what was unreleased gets its number, and what users must do is read out of it. Pure.

const UNRELEASED = '## Unreleased';
const MUST_DO = '#### What you must do or may notice when you update';

/** @throws an Error that says what is missing. */
export function cutChangeLog(text: string, release: { version: string; date: string }): string {
  const part = readUnreleased(text);
  const head = `## ${release.version} – ${release.date}`;
  return text.replace(`${UNRELEASED}\n${part}`, () => `${UNRELEASED}\n\n${head}\n${part}`);
}

/** The lines of the list, in Markdown; empty: there is nothing to do. */
export function readMustDo(text: string): string {
  const part = readUnreleased(text);
  const at = part.indexOf(`${MUST_DO}\n`);
  if (at === -1) return '';
  return upToHeading(part.slice(at + MUST_DO.length), /^#{1,4} /m).trim();
}

function readUnreleased(text: string): string {
  const at = text.indexOf(`${UNRELEASED}\n`);
  if (at === -1) throw new Error(`CHANGELOG.md has no "${UNRELEASED}".`);
  const part = upToHeading(text.slice(at + UNRELEASED.length + 1), /^## /m);
  if (!/^- /m.test(part)) throw new Error('CHANGELOG.md says nothing under "Unreleased".');
  return part;
}

function upToHeading(text: string, heading: RegExp): string {
  const end = text.search(heading);
  return end === -1 ? text : text.slice(0, end);
}
