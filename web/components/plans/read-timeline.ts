// What happens in a plan one after the other, as it is drawn. Pure.
import type { Plan, Step } from '../../../src/contract/policy/plan.ts';

export type Happening =
  | { kind: 'step'; place: number; step: Step }
  | { kind: 'sticky' }
  | { kind: 'target'; target: 'firstAnswer' | 'end' }
  | { kind: 'limit'; way: string };

/** All that happens after so many seconds of waiting. */
export interface Moment {
  at: number;
  happenings: Happening[];
}

export function readTimeline({ steps, sticky, limits, targets }: Plan): Moment[] {
  const found: [number | undefined, Happening][] = [
    ...steps.map((step, place): [number, Happening] => [step.after, { kind: 'step', place, step }]),
    [sticky?.waitFor, { kind: 'sticky' }],
    [targets?.firstAnswer, { kind: 'target', target: 'firstAnswer' }],
    [limits?.waitFor, { kind: 'limit', way: limits?.then ?? 'queue' }],
    [targets?.end, { kind: 'target', target: 'end' }],
  ];
  const moments = new Map<number, Happening[]>();
  for (const [at, happening] of found) {
    if (at !== undefined) moments.set(at, [...(moments.get(at) ?? []), happening]);
  }
  return [...moments].map(([at, happenings]) => ({ at, happenings })).sort((a, b) => a.at - b.at);
}

/** How wide the time up to the next moment is drawn: twice as long is one part wider. */
export function weighGap(seconds: number): number {
  return Math.log2(1 + seconds / 15) + 1;
}

interface Mark {
  /** In pixels along the line. */
  position: number;
  at: number;
}

/** The time at a place on the line, between the moments that are drawn there or beyond the last. */
export function timeAt(marks: readonly Mark[], position: number): number {
  const next = marks.findIndex((mark) => mark.position > position);
  const before = marks[next < 0 ? marks.length - 1 : Math.max(0, next - 1)];
  if (before === undefined) return 0;
  const after = next < 0 ? undefined : marks[next];
  if (after === undefined) {
    // Each 120 pixels beyond the last moment double its time.
    return Math.max(before.at, 15) * 2 ** ((position - before.position) / 120);
  }
  const share = (position - before.position) / (after.position - before.position);
  return before.at + Math.max(0, share) * (after.at - before.at);
}
