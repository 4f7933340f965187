// What a value of the statistics contract is shown as; anything may come, so anything is read. Pure.

export type ReadStatistic =
  | { kind: 'text'; text: string }
  | { kind: 'links'; links: { url: string | null; label: string }[] }
  | { kind: 'chart'; points: { x: string; y: number }[] };

const LONGEST = 300;

export function readStatistic(value: unknown): ReadStatistic {
  if (value === '' || value === null || value === undefined) return { kind: 'text', text: '–' };
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (typeof value === 'number' || typeof value === 'boolean') {
    return { kind: 'text', text: String(value) };
  }
  if (Array.isArray(value) && value.length > 0) {
    if (value.every(isLink)) {
      const links = value.map(({ url, label }) => ({
        // Whatever else it is, it must not run.
        url: /^https?:\/\//i.test(url) ? url : null,
        label: label || url,
      }));
      return { kind: 'links', links };
    }
    if (value.every(isPoint)) return { kind: 'chart', points: value.map(({ x, y }) => ({ x, y })) };
  }
  const text = JSON.stringify(value);
  return { kind: 'text', text: text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text };
}

function isLink(item: unknown): item is { url: string; label: string } {
  const { url, label } = (item ?? {}) as Record<string, unknown>;
  return typeof url === 'string' && typeof label === 'string';
}

function isPoint(item: unknown): item is { x: string; y: number } {
  const { x, y } = (item ?? {}) as Record<string, unknown>;
  return typeof x === 'string' && typeof y === 'number';
}
