// What is wrong with when a kind comes, and who of it.
import { point } from '../contract/policy/point.ts';
import type { ScenarioKind } from '../contract/scenario.ts';
import type { Findings } from '../routing/policy/findings.ts';

export function checkKind(kind: ScenarioKind, place: number, faults: Findings): void {
  checkArrivals(kind, place, faults);
  checkContacts(kind, place, faults);
}

const WAYS = ['rate', 'profile', 'recorded'] as const satisfies readonly (keyof ScenarioKind)[];

function checkArrivals(kind: ScenarioKind, place: number, faults: Findings): void {
  const ways = WAYS.filter((way) => kind[way] !== undefined);
  const [, second] = ways;
  if (ways.length === 0) {
    faults.add(point('kinds', place), () => ({
      code: 'scenario.no-arrivals',
      detail: `Nothing says when “${kind.name}” comes.`,
      remedy: 'Give it a rate, a profile or recorded times.',
    }));
  }
  if (second !== undefined) {
    faults.add(point('kinds', place, second), () => ({
      code: 'scenario.two-arrivals',
      detail: `“${kind.name}” has ${ways.join(' and ')}.`,
      remedy: 'Keep one of them.',
    }));
  }
  const { recorded = [] } = kind;
  const early = recorded.findIndex((at, nth) => at < (recorded[nth - 1] ?? 0));
  if (early >= 0) {
    faults.add(point('kinds', place, 'recorded', early), () => ({
      code: 'scenario.out-of-order',
      detail: `${recorded[early]} comes after ${recorded[early - 1]}.`,
      remedy: 'Sort the recorded times, the earliest first.',
    }));
  }
}

function checkContacts(
  { name, recorded = [], contacts, returning }: ScenarioKind,
  place: number,
  faults: Findings,
): void {
  if (contacts === undefined) return;
  if (returning !== undefined) {
    faults.add(point('kinds', place, 'returning'), () => ({
      code: 'scenario.two-returns',
      detail: `“${name}” has contacts, which say who comes again, and a share that does.`,
      remedy: 'Keep one of them.',
    }));
  }
  if (contacts.length === recorded.length) return;
  faults.add(point('kinds', place, 'contacts'), () => ({
    code: 'scenario.contacts-unmatched',
    detail: `“${name}” has ${contacts.length} contacts and ${recorded.length} recorded times.`,
    remedy: 'Give one contact for each recorded time, null where it is not known.',
  }));
}
