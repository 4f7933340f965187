// What the server shows a single time, carried from the form to the page that shows it; never stored.

const kept = new Map<string, Record<string, string>>();

export function keepShownOnce(id: string, shown: Record<string, string>): void {
  kept.set(id, shown);
}

export function readShownOnce(id: string): Record<string, string> {
  return kept.get(id) ?? {};
}
