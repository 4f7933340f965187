// Reads the company’s statistics of a customer: a list of labels and values, or nothing (chimp-assist.md §7). Pure.

export interface Statistic {
  label: string;
  /** Text, a number, links, points of a chart: the screen decides by its form. */
  value: unknown;
  iconURL?: string;
}

export type Statistics = { items: Statistic[] } | { trouble: string };

const MOST_ITEMS = 50;
const LONGEST_LABEL = 500;
/** Deeper nesting is no statistic, and would break the code that writes it out again. */
const DEEPEST = 32;

export function readStatistics(status: number, body: string): Statistics {
  if (status !== 200) return { trouble: `It answered ${status}.` };
  if (isTooDeep(body)) return { trouble: 'Its answer is nested too deep.' };
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return { trouble: 'Its answer is not JSON.' };
  }
  if (!Array.isArray(answer)) return { trouble: 'Its answer is no list.' };
  return { items: answer.filter(isItem).slice(0, MOST_ITEMS).map(readItem) };
}

type Item = { label: string; value?: unknown; iconURL?: unknown };

function isItem(item: unknown): item is Item {
  return typeof (item as Item | null)?.label === 'string';
}

function readItem({ label, value, iconURL }: Item): Statistic {
  return {
    label: label.slice(0, LONGEST_LABEL),
    value: Array.isArray(value) ? value.map(disarm) : (value ?? null),
    ...(typeof iconURL === 'string' && isWebAddress(iconURL) ? { iconURL } : {}),
  };
}

/** A link to anything but the web keeps its label and loses its address. */
function disarm(part: unknown): unknown {
  if (typeof part !== 'object' || part === null || !('url' in part)) return part;
  const safe = typeof part.url === 'string' && isWebAddress(part.url);
  return safe ? part : { ...part, url: '' };
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

const STEPS: Record<string, number> = { '[': 1, '{': 1, ']': -1, '}': -1 };

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inText = false;
  for (let place = 0; place < text.length; place += 1) {
    const letter = text[place] ?? '';
    if (letter === '"') inText = !inText;
    else if (inText) place += letter === '\\' ? 1 : 0;
    else depth += STEPS[letter] ?? 0;
    if (depth > DEEPEST) return true;
  }
  return false;
}
