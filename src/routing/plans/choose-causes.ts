// What a waiting conversation is to be told at this moment: each cause once, and of several the one that says most. Pure.
import type { Plan } from '../../contract/policy/plan.ts';
import type { WordCause } from '../../contract/policy/words.ts';
import type { Placed } from './place-in-plan.ts';

export interface DueWord {
  cause: WordCause;
  /** Each is said once. */
  key: string;
}

export interface ChosenCauses {
  say: readonly DueWord[];
  /** All that count as said from now on. */
  told: readonly string[];
  /** Something is said once it is known that nobody could be given it at once. */
  later: boolean;
}

/** `tried`: it stood at this step of this plan before, and nobody could be given it. */
export function chooseCauses(
  { name, words = {} }: Pick<Plan, 'name' | 'words'>,
  placed: Pick<Placed, 'step' | 'met' | 'ends'>,
  { tried, told }: { tried: boolean; told: readonly string[] },
): ChosenCauses {
  const isNew = ({ key }: DueWord) => !told.includes(key);
  const isWritten = ({ cause }: DueWord) => words[cause] !== undefined;
  const met = placed.met.map((cause) => ({ cause, key: `${cause}:${name}` })).filter(isNew);
  const add = (all: readonly DueWord[]) => [...told, ...all.map(({ key }) => key)];
  if (placed.ends !== null) {
    const ended = [{ cause: 'ended' as const, key: 'ended' }];
    // Taken back and ended again: it is told again only where it has not been.
    const due = [...met, ...ended.filter(isNew)];
    return { say: due.filter(isWritten), told: add(due), later: false };
  }
  const due = [...met, ...listWaits(name, placed.step).filter(isNew)];
  const [first] = due.filter(isWritten);
  if (first === undefined) return { say: [], told, later: false };
  return tried ? { say: [first], told: add(due), later: false } : { say: [], told, later: true };
}

/** It waits at all; and it waits at a further step. */
function listWaits(plan: string, step: number): DueWord[] {
  const further = { cause: 'position' as const, key: `position:${plan}:${step}` };
  return [{ cause: 'queued', key: 'queued' }, ...(step > 0 ? [further] : [])];
}
