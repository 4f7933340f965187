// Makes what a field holds comparable: texts folded, lists as their items, all of it bounded.
import type { Scalar } from '../../contract/policy/rule-fields.ts';
import { foldText } from './fold-text.ts';

/** How much of what strangers send is looked at. Folding 4,000 marks in the worst order takes 5 ms. */
export const MAX_TEXT = 4000;
export const MAX_ITEMS = 100;
const MAX_ITEM_TEXT = 1000;
const MAX_LIST_TEXT = 20_000;

export interface Value {
  /** Texts are folded. Objects have none. */
  items: readonly Scalar[];
  isList: boolean;
  /** An empty text or list: there, and nothing in it. */
  isEmpty: boolean;
}

/** null: missing. Whatever is no JSON is missing too. */
export function readValue(raw: unknown): Value | null {
  if (Array.isArray(raw)) {
    return { items: readItems(raw), isList: true, isEmpty: raw.length === 0 };
  }
  if (isScalar(raw)) {
    const item = typeof raw === 'string' ? foldText(raw.slice(0, MAX_TEXT)) : raw;
    return { items: [item], isList: false, isEmpty: raw === '' };
  }
  const isObject = typeof raw === 'object' && raw !== null;
  return isObject ? { items: [], isList: false, isEmpty: false } : null;
}

function readItems(list: readonly unknown[]): Scalar[] {
  const items: Scalar[] = [];
  let left = MAX_LIST_TEXT;
  for (let place = 0; place < Math.min(list.length, MAX_ITEMS); place += 1) {
    const raw = list[place];
    if (!isScalar(raw)) continue;
    if (typeof raw !== 'string') items.push(raw);
    else if (left > 0) {
      const text = raw.slice(0, Math.min(MAX_ITEM_TEXT, left));
      left -= text.length;
      items.push(foldText(text));
    }
  }
  return items;
}

export function isScalar(raw: unknown): raw is Scalar {
  if (typeof raw === 'number') return !Number.isNaN(raw);
  return typeof raw === 'string' || typeof raw === 'boolean';
}

/** Outside systems give numbers as texts: "42", " -3.5 ", "1e3"; nothing else. null: no number. */
export function readNumber(item: Scalar): number | null {
  if (typeof item === 'number') return item;
  if (typeof item === 'boolean' || item.length > MAX_DIGITS) return null;
  const text = item.trim();
  return NUMBER.test(text) ? Number(text) : null;
}

const MAX_DIGITS = 40;
const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d{1,2})?$/i;
