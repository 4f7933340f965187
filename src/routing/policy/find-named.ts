// Which rules and plans name a team or a skill, for whoever wants to remove it.
import type { PolicyDocument } from '../../contract/policy/document.ts';
import { mapNames } from './map-names.ts';

/** As people call the places: rule “Gold”, step 2 of plan “Billing”. */
export function findNamed(
  policy: PolicyDocument,
  { kind, id }: { kind: 'team' | 'skill'; id: string },
): string[] {
  const places = new Set<string>();
  mapNames(policy, (named) => {
    if (named.kind === kind && named.written === id) places.add(callPlace(policy, named.path));
    return named.written;
  });
  return [...places];
}

function callPlace({ rules, plans }: PolicyDocument, path: string): string {
  const [, list, place, , nth] = path.split('/');
  if (list === 'rules') return `rule “${rules?.[Number(place)]?.name}”`;
  return `step ${Number(nth) + 1} of plan “${plans?.[Number(place)]?.name}”`;
}
