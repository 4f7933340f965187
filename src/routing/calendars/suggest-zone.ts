// Says which time zone somebody may have meant.
import leven from 'leven';

/** Whether the name is one of the IANA's, as Node's own data has them. An offset as +07:00 is none. */
export function isZone(name: string): boolean {
  if (!/^[a-z][\w+/-]*$/i.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The zone that is written most alike, whole or by its city alone; null: none is near. */
export function suggestZone(name: string): string | null {
  const wanted = plain(name);
  const furthest = Math.max(1, Math.floor(wanted.length / 3));
  let best: { zone: string; distance: number } | null = null;
  for (const zone of ['UTC', ...Intl.supportedValuesOf('timeZone')]) {
    const city = zone.slice(zone.lastIndexOf('/') + 1);
    // A slip in the city costs as much as one in the continent; the whole name wins where both fit.
    const distance = Math.min(leven(wanted, plain(zone)), leven(wanted, plain(city)) + 0.5);
    if (distance <= furthest && (best === null || distance < best.distance)) {
      best = { zone, distance };
    }
  }
  return best?.zone ?? null;
}

const plain = (name: string) => name.trim().toLowerCase().replaceAll(' ', '_');
