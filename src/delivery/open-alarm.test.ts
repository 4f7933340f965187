// When a lane is woken again for what comes due, also if that came due just after its last look.
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { makeEndpoint } from '../../test/makers/make-endpoint.ts';
import { openAlarm } from './open-alarm.ts';

const SECOND = 1000;

/** A delivery that comes due in a second, as the lane has looked at it, and an alarm for it. */
async function openBeforeRetry() {
  const made = await makeDesk();
  const { desk, workspaceId, clock } = made;
  await makeEndpoint(made, { events: ['conversation.opened'] });
  await makeConversation(made, await makeChannel(made));
  await desk.db.query(`update delivery set due_at = statement_timestamp() + interval '1 second'`);
  const wokenIn: number[] = [];
  const alarm = openAlarm({
    ...{ db: desk.db, clock, workspaceId, sweepMs: 60 * SECOND },
    wakeIn: (ms) => void wokenIn.push(ms),
    onError: (error) => {
      throw error;
    },
  });
  onTestFinished(alarm.stop);
  return { clock, alarm, wokenIn };
}

test('what came due after the last look wakes the lane at once', async () => {
  const { clock, alarm, wokenIn } = await openBeforeRetry();
  const lookedAt = clock.now();
  await clock.advance(2 * SECOND);
  alarm.set(lookedAt);
  await vi.waitFor(() => expect(wokenIn).toHaveLength(1), 10 * SECOND);
  expect(wokenIn[0]).toBeLessThan(0);
});

test('what was due at the last look already does not: the lane left it for a reason', async () => {
  const { clock, alarm, wokenIn } = await openBeforeRetry();
  await clock.advance(2 * SECOND);
  alarm.set(clock.now());
  await clock.advance(SECOND);
  await vi.waitFor(() => expect(alarm.isQuiet()).toBe(true), 10 * SECOND);
  expect(wokenIn).toEqual([]);
});
