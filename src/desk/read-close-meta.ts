// What an agent answered at the end, as the items of the company's form (gitple-events.md §6). Pure.
import { capText, cleanJson } from '../contract/clean-text.ts';
import type { CloseMetaItem } from '../contract/events.ts';
import type { CloseFormField } from '../contract/settings.ts';

export interface CloseMeta {
  /** Names and values, kept on the conversation. */
  meta: Record<string, unknown> | null;
  closeMeta: readonly CloseMetaItem[] | null;
}

/**
 * Items stay unchanged. Names and values become items: first those that the form asks for, in its
 * order and null where nothing was answered, then the others.
 */
export function readCloseMeta(
  given: readonly CloseMetaItem[] | Record<string, unknown> | undefined,
  form: readonly CloseFormField[],
): CloseMeta {
  if (given === undefined) return { meta: null, closeMeta: null };
  if (Array.isArray(given)) return { meta: null, closeMeta: given };
  // Free in form, so nothing has checked it yet.
  const meta = cleanJson(given) as Record<string, unknown>;
  const asked = new Set(form.map(({ name }) => name));
  const others = Object.entries(meta).filter(([name]) => !asked.has(name));
  return {
    meta,
    closeMeta: [
      ...form.map((field) => readAnswer(field, meta[field.name])),
      ...others.map(
        ([name, value]): CloseMetaItem => ({ type: 'input', name, value: textOf(value) }),
      ),
    ],
  };
}

function readAnswer({ name, label, type }: CloseFormField, answer: unknown): CloseMetaItem {
  if (type === 'textarea') return { type, name, value: textOf(answer) };
  if (type !== 'select') return { type: 'input', name, value: textOf(answer) };
  const chosen = [answer].flat().flatMap((one) => textOf(one) ?? []);
  const depths = chosen.slice(0, 20).map((value) => ({ name: label, value: capText(value, 255) }));
  return { type, name, value: depths.length === 0 ? null : depths };
}

/** A value that a form cannot hold is shown as JSON. null: nothing was answered. */
function textOf(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  return capText(typeof value === 'string' ? value : JSON.stringify(value), 4000);
}
