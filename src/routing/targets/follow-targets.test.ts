import { describe, expect, test } from 'vitest';
import type { Line } from '../../contract/targets.ts';
import { type Following, followTargets, planTargets } from './follow-targets.ts';
import { hearTalk, silence } from './hear-talk.ts';

const MINUTE = 60_000;
const rules = { targets: { firstAnswer: 600, nextAnswer: 300, end: 7200 }, hours: null };
const base: Following = {
  ...{ rules, before: null, lines: [], enteredAt: 0, endedAt: null, agentId: 'ana' },
};
const line = (seq: number, by: Line['by'], at: number): Line => ({
  ...{ seq, by, at, agentId: by === 'agent' ? 'ana' : null },
});
const fresh = planTargets(base).state;

/** Looks at each of these moments, and says what was told and what was decided. */
function live(lines: readonly Line[], looks: readonly number[], endedAt: number | null = null) {
  let before = fresh;
  const told: string[] = [];
  const results: string[] = [];
  for (const now of looks) {
    const heard = lines.filter(({ at, seq }) => at <= now && seq > before.seq);
    const ended = endedAt !== null && endedAt <= now ? endedAt : null;
    const seen = followTargets({ ...base, before, lines: heard, endedAt: ended }, now);
    before = seen.state as typeof fresh;
    told.push(...seen.news.map(({ event, target }) => `${event.slice(13)} ${target.kind}`));
    results.push(
      ...seen.results.map(({ kind, met, decidedAt }) => {
        return `${kind} ${met ? 'met' : 'missed'} ${decidedAt / MINUTE}`;
      }),
    );
  }
  return { told, results, open: before.open.map(({ kind }) => kind) };
}

const everyMinute = (until: number) => Array.from({ length: until + 1 }, (_, n) => n * MINUTE);

describe('what is told', () => {
  test('each target once that it is due soon and once that it is overdue, however often it is looked at', () => {
    const { told, results } = live([], everyMinute(130));
    expect(told).toEqual([
      ...['due-soon firstAnswer', 'overdue firstAnswer'],
      ...['due-soon end', 'overdue end'],
    ]);
    expect(results).toEqual(['firstAnswer missed 10', 'end missed 120']);
  });

  test('the same when nobody looked for hours', () => {
    expect(live([], [130 * MINUTE])).toEqual(live([], everyMinute(130)));
  });

  test('an answer that came too late was overdue, also when it is first looked at afterwards', () => {
    const lines = [line(1, 'agent', 11 * MINUTE)];
    const late = live(lines, [20 * MINUTE]);
    expect(late.told).toEqual(['due-soon firstAnswer', 'overdue firstAnswer']);
    expect(late).toEqual(live(lines, everyMinute(20)));
  });

  test('nothing of what was answered before it was near', () => {
    const { told, results, open } = live([line(1, 'agent', MINUTE)], everyMinute(20));
    expect(told).toEqual([]);
    expect(results).toEqual(['firstAnswer met 1']);
    expect(open).toEqual(['end']);
  });
});

describe('answers', () => {
  test('the next answer is owed from the first message without one, and each is a target of its own', () => {
    const lines = [
      ...[line(1, 'contact', 0), line(2, 'agent', MINUTE), line(3, 'contact', 2 * MINUTE)],
      ...[line(4, 'contact', 3 * MINUTE), line(5, 'agent', 4 * MINUTE)],
      ...[line(6, 'contact', 5 * MINUTE), line(7, 'agent', 12 * MINUTE)],
    ];
    const results = ['firstAnswer met 1', 'nextAnswer met 4', 'nextAnswer missed 10'];
    expect(live(lines, everyMinute(12)).results).toEqual(results);
    expect(live(lines, [12 * MINUTE]).results).toEqual(results);
  });

  test('one that is learnt late counts at its own moment', () => {
    const { results } = live([], everyMinute(11));
    expect(results).toEqual(['firstAnswer missed 10']);
    const state = { ...fresh, open: fresh.open.map((one) => ({ ...one, told: 2 as const })) };
    const heard = { ...base, before: state, lines: [line(1, 'agent', 9 * MINUTE)] };
    expect(followTargets(heard, 11 * MINUTE).results).toMatchObject([
      { kind: 'firstAnswer', met: true, decidedAt: 9 * MINUTE },
    ]);
  });

  test('what was answered before there were targets says nothing about anybody', () => {
    const lines = [line(1, 'agent', 20 * MINUTE), line(2, 'contact', 21 * MINUTE)];
    const { news, results, state } = followTargets({ ...base, lines }, 22 * MINUTE);
    expect([news, results]).toEqual([[], []]);
    expect(state.open.map(({ kind }) => kind)).toEqual(['nextAnswer', 'end']);
  });

  test('whose message changes something is known beforehand', () => {
    const awaited = (lines: readonly Line[], targets = rules.targets as object) =>
      planTargets({ ...base, lines, rules: { targets, hours: null } }).awaits;
    const [asked, answered] = [line(1, 'contact', 0), line(2, 'agent', 1)];
    expect(awaited([asked])).toBe('agent');
    expect(awaited([asked, answered])).toBe('contact');
    expect(awaited([asked, answered, line(3, 'contact', 2)])).toBe('agent');
    expect(awaited([asked, answered], { firstAnswer: 60 })).toBe('end');
    expect(awaited([asked], { end: 60 })).toBe('end');
  });

  test('a message of the contact from before the answer asks for nothing more', () => {
    const { talk } = hearTalk(silence, [line(1, 'agent', 5), line(2, 'contact', 4)]);
    expect(talk.owedSince).toBeNull();
  });
});

describe('the end', () => {
  test('in time it is met by whoever had it; an answer that was not due yet is dropped', () => {
    expect(live([], everyMinute(2), 2 * MINUTE).results).toEqual(['end met 2']);
    const ended = { ...base, before: fresh, endedAt: 2 * MINUTE };
    expect(followTargets(ended, 3 * MINUTE)).toMatchObject({ first: null, turnAt: null });
  });

  test('when it is taken back, its targets go on, and what was told is not told again', () => {
    const late = { ...base, before: fresh, endedAt: 11 * MINUTE };
    const closed = followTargets(late, 11 * MINUTE);
    expect(closed.news).toHaveLength(2);
    const again = followTargets({ ...base, before: closed.state }, 12 * MINUTE);
    expect(again.news).toEqual([]);
    expect(again.first).toMatchObject({ kind: 'firstAnswer', told: 2 });
  });
});

describe('another policy', () => {
  const longer = { targets: { ...rules.targets, firstAnswer: 3600 }, hours: null };

  test('moves what is not overdue yet, and does not tell it again', () => {
    const soon = followTargets({ ...base, before: fresh }, 8 * MINUTE).state;
    const { first, turnAt } = planTargets({ ...base, rules: longer, before: soon });
    expect(first).toMatchObject({ kind: 'firstAnswer', dueAt: 60 * MINUTE, told: 1 });
    expect(turnAt).toBe(60 * MINUTE);
  });

  test('leaves overdue what is', () => {
    const missed = followTargets({ ...base, before: fresh }, 10 * MINUTE).state;
    const { first } = planTargets({ ...base, rules: longer, before: missed });
    expect(first).toMatchObject({ kind: 'firstAnswer', dueAt: 10 * MINUTE, told: 2 });
  });
});
