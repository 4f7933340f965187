// A thread in stretches is the same thread, however it has grown.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConversationEvent, Message } from '../../api/shapes.ts';
import { type Cut, cutThread } from './cut-thread.ts';
import { groupMessages } from './group-messages.ts';

const MINUTE = 60_000;
const START = new Date(2026, 0, 5, 9).getTime();

const say = (seq: number, minute: number, authorKind = 'contact') =>
  ({
    ...{ id: `m${seq}`, seq, kind: 'text', authorKind, authorId: null },
    createdAt: new Date(START + minute * MINUTE).toISOString(),
  }) as Message;
const happen = (seq: number, minute: number): ConversationEvent => ({
  ...{ id: `e${seq}`, seq, type: 'conversation.assigned', data: {} },
  at: new Date(START + minute * MINUTE).toISOString(),
});

test('older messages in front move nothing into another stretch, and none is lost', () => {
  const all = Array.from({ length: 95 }, (_, at) => say(at + 1, at * 10));
  const cut = (messages: Message[]) =>
    cutThread({ messages, events: [], readSeq: null }, null).stretches.map(({ key, items }) => ({
      key,
      seqs: items.flatMap((item) =>
        item.kind === 'group' ? item.messages.map(({ seq }) => seq) : [],
      ),
    }));
  const [newest, whole] = [cut(all.slice(50)), cut(all)];
  expect(whole.flatMap(({ seqs }) => seqs)).toEqual(all.map(({ seq }) => seq));
  expect(whole.slice(-1)).toEqual(newest.slice(-1));
  expect(newest.every(({ key }, at) => key === whole[whole.length - newest.length + at]?.key)).toBe(
    true,
  );
  expect(whole[0]?.seqs).toHaveLength(39);
});

test('what happened before anything was said has its place too', () => {
  const opened = {
    ...{ id: 'e1', seq: 1, type: 'conversation.opened', data: {} },
    at: new Date(2026, 0, 5, 9, 1).toISOString(),
  };
  const parts = { messages: [], events: [opened], readSeq: null };
  const { stretches } = cutThread(parts, null);
  expect(stretches.flatMap(({ items }) => items)).toEqual(groupMessages(parts));
});

test('grown from its newest messages on, it is as if it had been cut at once', () => {
  const gap = fc.integer({ min: 0, max: 400 });
  const said = fc.array(fc.record({ gap, us: fc.boolean() }), { minLength: 1, maxLength: 200 });
  const happened = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 20 });
  const steps = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 12 });
  const read = fc.option(fc.integer({ min: 0, max: 200 }));
  const run = fc.property(said, happened, steps, read, (spoken, told, drawn, readSeq) => {
    let minute = 0;
    const all = spoken.map(({ gap: later, us }, at) => {
      minute += us ? 1 : later;
      return say(at + 1, minute, us ? 'agent' : 'contact');
    });
    const events = told.toSorted((a, b) => a - b).map((at, seq) => happen(seq, at));
    let from = all.length;
    let cut: Cut | null = null;
    for (const step of [...drawn, all.length]) {
      from = Math.max(0, from - step);
      const parts = { messages: all.slice(from), events, readSeq };
      cut = cutThread(parts, cut);
      expect(cut.stretches).toEqual(cutThread(parts, null).stretches);
    }
  });
  fc.assert(run, { numRuns: 300 });
});

test('what stays is the very same, and not only alike', () => {
  const all = Array.from({ length: 200 }, (_, at) => say(at + 1, at * 10));
  const parts = { messages: all.slice(60), events: [], readSeq: null };
  const before = cutThread(parts, null);
  const { stretches } = cutThread({ ...parts, messages: all.slice(50) }, before);
  expect(stretches.at(-1)).toBe(before.stretches.at(-1));
  const changed = [...all.slice(50, -1), say(200, 1990)];
  expect(cutThread({ ...parts, messages: changed }, before).stretches.at(-1)).not.toBe(
    before.stretches.at(-1),
  );
});
