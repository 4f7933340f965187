// Random talk, holds and looks, beside a plain account of one second after the other.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countSilence,
  type QuietLife,
  type QuietStep,
} from '../../../test/makers/count-silence.ts';
import type { SilenceState, SilenceTimes } from '../../contract/silence.ts';
import type { Line } from '../../contract/targets.ts';
import { followSilence } from './follow-silence.ts';

const UNTIL = 400;

const inMs = (seconds: number | null) => (seconds === null ? null : seconds * 1000);

/** As the desk looks: when a message or the next moment is due, or, `often`, each second as well. */
function live({ times, said }: QuietLife, often: boolean): QuietStep[] {
  const lines = said.map(({ at, by }, nth): Line => {
    return { seq: nth + 1, by, at: at * 1000, agentId: by === 'agent' ? 'ana' : null };
  });
  const limits: SilenceTimes = {
    agent: inMs(times.agent),
    remind: inMs(times.remind),
    close: inMs(times.close),
  };
  const done: QuietStep[] = [];
  let [before, nextAt] = [null as SilenceState | null, 0 as number | null];
  for (let second = 0; second <= UNTIL; second += 1) {
    const now = second * 1000;
    const heardTo = before?.seq ?? 0;
    const fresh = lines.filter(({ at, seq }) => at <= now && seq > heardTo);
    const isDue = nextAt !== null && nextAt <= now;
    if (!often && fresh.length === 0 && !isDue) continue;
    const following = {
      ...{ times: limits, timesSince: -1_000_000, before, lines: fresh },
      ...{ openedAt: -5000, heldAt: 0 },
    };
    const followed = followSilence(following, now);
    before = followed.state;
    nextAt = followed.nextAt;
    if (followed.step !== null) done.push(`${followed.step} ${second}`);
    if (followed.step === 'return' || followed.step === 'end') return done;
  }
  return done;
}

const seconds = fc.integer({ min: 5, max: 120 });
const life: fc.Arbitrary<QuietLife> = fc
  .record({
    agent: fc.option(seconds),
    remind: fc.option(seconds),
    more: fc.option(fc.integer({ min: 1, max: 120 })),
    said: fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: UNTIL }),
        by: fc.constantFrom('agent' as const, 'contact' as const),
      }),
      { maxLength: 12 },
    ),
  })
  .map(({ agent, remind, more, said }) => ({
    times: { agent, remind, close: more === null ? null : (remind ?? 4) + more },
    // Of two at the same second only one is in order.
    said: [...new Map(said.map((one) => [one.at, one])).values()].sort((a, b) => a.at - b.at),
  }));

test.each([
  ['when something is due or said', false],
  ['each second as well', true],
])('looked at %s, each step comes once and at its moment', (_, often) => {
  let steps = 0;
  fc.assert(
    fc.property(life, (one) => {
      const plain = countSilence(one, UNTIL);
      expect(live(one, often)).toEqual(plain);
      steps += plain.length;
    }),
    { numRuns: 2000 },
  );
  expect(steps).toBeGreaterThan(1000);
});

const times = { agent: 60_000, remind: 60_000, close: 180_000 };
const at = (seconds: number, by: Line['by']): Line => {
  return { seq: seconds, by, at: seconds * 1000, agentId: by === 'agent' ? 'ana' : null };
};
const base = { times, timesSince: 0, before: null, lines: [], openedAt: 0, heldAt: 0 };

test('what was left for long is told or reminded first, and has its time until the next step', () => {
  const spoken = { ...base, lines: [at(10, 'agent')] };
  const first = followSilence(spoken, 3_600_000);
  expect(first.step).toBe('remind');
  expect(first.nextAt).toBe(3_600_000 + 120_000);
  const next = { ...base, before: first.state };
  expect(followSilence(next, 3_600_000 + 119_999).step).toBeNull();
  expect(followSilence(next, 3_600_000 + 120_000).step).toBe('end');
});

test('a look that is a moment late delays nothing', () => {
  const first = followSilence(base, 61_500);
  expect(first).toMatchObject({ step: 'tell', nextAt: 120_000 });
});

test('times that a new policy changes count from then on, others go on', () => {
  const first = followSilence(base, 30_000).state;
  const later = { ...base, before: first, timesSince: 40_000 };
  expect(followSilence(later, 59_000).nextAt).toBe(60_000);
  const longer = { ...later, times: { ...times, agent: 50_000 } };
  expect(followSilence(longer, 59_000)).toMatchObject({ step: null, nextAt: 90_000 });
});

test('a message that is learnt late counts at its own moment', () => {
  const { state, nextAt } = followSilence({ ...base, lines: [at(50, 'agent')] }, 55_000);
  expect(state.of).toBe('contact');
  expect(nextAt).toBe(110_000);
  const wrote = { ...base, before: state, lines: [{ ...at(40, 'contact'), seq: 51 }] };
  expect(followSilence(wrote, 56_000).state.of).toBe('contact');
});

test('whoever has it anew has the whole time, and is told of again', () => {
  const told = followSilence(base, 60_000).state;
  const given = { ...base, before: told, heldAt: 100_000 };
  expect(followSilence(given, 100_000)).toMatchObject({ step: null, nextAt: 160_000 });
  expect(followSilence(given, 160_000).step).toBe('tell');
});
