// A change of the policy as a line that people read: where, then what it was and what it is now. Pure.
import type { PolicyChange } from '../../../src/contract/policy/document.ts';
import { partsOf } from '../../../src/contract/policy/point.ts';
import { type PolicyWording, placeIn, wordPlace } from './policy-places.ts';
import { wordPolicyValue } from './word-policy-value.ts';

/** Of a value that is longer only its beginning is shown. */
const MOST_SHOWN = 160;

/** What has a name of its own is added and removed as a whole. */
const wholes = new Set(['rules.*', 'plans.*', 'calendars.*', 'plans.*.steps.*']);

export function wordPolicyChange(
  { path, kind, before, after }: PolicyChange,
  wording: PolicyWording,
): string {
  const { t } = wording;
  const parts = partsOf(path);
  const where = wordPlace(parts, wording);
  if (kind === 'moved') {
    return t('routing.change.moved', { where, before: String(before), after: String(after) });
  }
  const isWhole = wholes.has(placeIn(parts));
  if (isWhole && kind === 'added') return t('routing.change.added', { where });
  if (isWhole && kind === 'removed') return t('routing.change.removed', { where });
  const show = (value: unknown) =>
    value === undefined ? '–' : clip(nameIds(wordPolicyValue(value, parts, wording), wording));
  const said = { where, before: show(before), after: show(after) };
  if (kind === 'added') return t('routing.change.set', said);
  return t(kind === 'removed' ? 'routing.change.unset' : 'routing.change.changed', said);
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

function nameIds(text: string, { names }: PolicyWording): string {
  return text.replace(ID, (id) => names?.get(id) ?? id);
}

function clip(text: string): string {
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
}
