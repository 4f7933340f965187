import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBotLimits } from '../contract/bot-limits.ts';
import type { BotLine } from '../contract/bots.ts';
import { followBot, isBotFull } from './follow-bot.ts';

const HELD = 100_000;
const limits = readBotLimits({ silentFor: 20, replies: 3, messages: 2, words: ['human'] });
const line = (by: BotLine['by'], at: number, text = 'x'): BotLine => ({ by, at: HELD + at, text });
const follow = (lines: readonly BotLine[], now: number) => {
  const { failure, nextAt } = followBot({ limits, lines, heldAt: HELD }, HELD + now);
  return [failure, nextAt === null ? null : nextAt - HELD];
};

test('who is given it owes a first word within the time', () => {
  const opening = [line('contact', -5000)];
  expect(follow(opening, 0)).toEqual([null, 20_000]);
  expect(follow(opening, 19_999)).toEqual([null, 20_000]);
  expect(follow(opening, 20_000)).toEqual(['bot-silent', null]);
  expect(follow([], 20_000)).toEqual(['bot-silent', null]);
});

test('once it has answered, the next message of the contact begins the time again', () => {
  const talk = [line('contact', -5000), line('bot', 1000)];
  expect(follow(talk, 500_000)).toEqual([null, null]);
  const more = [...talk, line('contact', 30_000), line('contact', 45_000)];
  expect(follow(more, 49_000)).toEqual([null, 50_000]);
  expect(follow(more, 50_000)).toEqual(['bot-silent', null]);
  expect(follow([...more, line('bot', 49_500)], 60_000)).toEqual([null, null]);
});

test('a contact who asks for a person is heard before everything else, also from before', () => {
  expect(follow([line('contact', -1, 'a HUMAN!')], 0)).toEqual(['asked-for-person', null]);
  expect(follow([line('bot', 0, 'human?')], 0)).toEqual([null, null]);
});

test('more messages than the limit after one of the contact’s are a flood; what another bot said counts for nobody', () => {
  const flood = [line('contact', 0), line('bot', 1), line('bot', 2), line('bot', 3)];
  expect(follow(flood.slice(0, 3), 5)).toEqual([null, null]);
  expect(follow(flood, 5)).toEqual(['bot-flooded', null]);
  const others = [line('contact', -9), line('bot', -8), line('bot', -7), line('bot', -6)];
  expect(follow([...others, line('bot', 1)], 5)).toEqual([null, null]);
});

test('thirty-one messages within a minute are a flood, however often the contact writes', () => {
  const often = readBotLimits({ replies: 1000 });
  const talk = (gap: number) =>
    Array.from({ length: 31 }, (_, nth) => [
      line('contact', nth * gap),
      line('bot', nth * gap + 1),
    ]).flat();
  const judge = (gap: number) =>
    followBot({ limits: often, lines: talk(gap), heldAt: HELD }, HELD + 31 * gap).failure;
  expect(judge(1900)).toBe('bot-flooded');
  expect(judge(2100)).toBeNull();
});

test('a turn more than the limit is a loop; messages in a row are one turn', () => {
  const turns = (count: number) =>
    Array.from({ length: count }, (_, nth) => [
      line('contact', nth * 10_000),
      line('bot', nth * 10_000 + 1),
      line('bot', nth * 10_000 + 2),
    ]).flat();
  expect(follow(turns(3), 35_000)).toEqual([null, null]);
  expect(follow(turns(4), 35_000)).toEqual(['bot-looped', null]);
});

test('a message is refused exactly where it would be a flood', () => {
  const by = fc.constantFrom<BotLine['by']>('contact', 'bot');
  const talk = fc.array(fc.tuple(by, fc.integer({ min: 0, max: 3000 })), { maxLength: 60 });
  fc.assert(
    fc.property(talk, (steps) => {
      let at = 0;
      const lines = steps.map(([who, gap]) => {
        at += gap;
        return line(who, at);
      });
      const now = HELD + at;
      const next = [...lines, line('bot', at)];
      const flooded = followBot(
        { limits: { ...limits, replies: 1000 }, lines: next, heldAt: HELD },
        now,
      );
      expect(isBotFull({ limits, lines, heldAt: HELD }, now)).toBe(
        flooded.failure === 'bot-flooded',
      );
    }),
  );
});
