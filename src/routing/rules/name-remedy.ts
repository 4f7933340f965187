// Says which name may have been meant where something names what is not there.
import { foldText } from './fold-text.ts';
import { quote } from './read-condition.ts';

const MOST = 5;

export function nameRemedy(kind: string, written: string, known: readonly string[]): string {
  const word = foldText(written.trim());
  const meant = known.find((name) => foldText(name.trim()) === word);
  if (meant !== undefined) return `Write ${quote(meant)}: names are compared letter by letter.`;
  if (known.length === 0) return `Make a ${kind} of that name first, or take this out.`;
  const more = known.length > MOST ? `, and ${known.length - MOST} more` : '';
  return `Name one of ${known.slice(0, MOST).map(quote).join(', ')}${more}, or make a ${kind} of that name first.`;
}
