// The known name that a mistyped one comes nearest to.
import { closestMatch } from 'leven';

/** Longer ones are compared in no time that a request may take. */
const LONGEST = 100;

/** null: none comes near. */
export function nearestName(wanted: string, names: Iterable<string>): string | null {
  const typed = wanted.trim().toLowerCase();
  if (typed.length > LONGEST) return null;
  const maxDistance = Math.min(3, Math.max(1, Math.floor(typed.length / 3)));
  const near = [...names].filter((name) => Math.abs(name.length - typed.length) <= maxDistance);
  const folded = near.map((name) => name.toLowerCase());
  const match = closestMatch(typed, folded, { maxDistance });
  return match === undefined ? null : (near[folded.indexOf(match)] ?? null);
}

/** What to do about a name that is not known. */
export function adviseName(wanted: string, names: Iterable<string>, otherwise: string): string {
  const near = nearestName(wanted, names);
  return near === null ? otherwise : `Write “${near}” if you mean that; ${lower(otherwise)}`;
}

const lower = (text: string) => `otherwise ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
