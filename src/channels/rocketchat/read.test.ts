import { expect, test } from 'vitest';
import { readEvents, readNews } from './read.ts';
import { readHistoryMessage } from './read-message.ts';
import taken from './samples/session-taken.json' with { type: 'json' };

const read = (body: unknown) => readNews(body, { botId: 'bot' }).news;

test('of a taken session it is read who serves the room, and what agents wrote, oldest first', () => {
  const news = read(taken);
  expect(news).toMatchObject({ what: 'changed', roomId: 'GENERALROOM1', servedBy: 'agentAda' });
  expect(news?.messages.map(({ text }) => text)).toEqual(['Good morning', 'See the plan']);
  expect(news?.messages[1]?.files).toEqual([
    {
      url: 'https://chat.example/file-upload/f1/plan.pdf',
      name: 'plan.pdf',
      type: 'application/pdf',
    },
  ]);
});

test('what the visitor wrote and what the bot wrote is no news', () => {
  const ts = '2026-01-01T00:00:00Z';
  const messages = [
    { _id: 'a', msg: 'of the visitor', ts },
    { _id: 'b', msg: 'of the bot', ts, agentId: 'bot' },
  ];
  expect(read({ _id: 'r', type: 'Message', messages })?.messages).toEqual([]);
});

test('a closing message is kept where it says something', () => {
  const ts = '2026-01-01T00:00:00Z';
  const closing = (msg: string) => ({ _id: `c${msg}`, msg, ts, closingMessage: true });
  const messages = [closing(''), closing('Paid')];
  expect(read({ _id: 'r', type: 'LivechatSession', messages })?.messages).toMatchObject([
    { text: 'Paid', isClosing: true },
  ]);
});

test('types of other things, and rooms without an id, are no news of a room', () => {
  expect(readNews({ _id: 'r', type: 'LeadCapture' }, { botId: 'bot' })).toEqual({
    news: null,
    kind: 'LeadCapture',
  });
  expect(read({ type: 'Message' })).toBe(null);
});

test('in the history the visitor is known by the token, and the system by its type', () => {
  const one = { _id: 'm', ts: '2026-01-01T00:00:00Z', msg: 'x', u: { _id: 'agentAda' } };
  expect(readHistoryMessage(one)?.agentId).toBe('agentAda');
  expect(readHistoryMessage({ ...one, token: 't' })?.agentId).toBe(null);
  expect(readHistoryMessage({ ...one, t: 'uj' })?.agentId).toBe(null);
  expect(readHistoryMessage({ ...one, t: 'livechat-close' })?.isClosing).toBe(true);
});

test('a date that no database keeps is none: without its own a message is left out, without an edit’s it is unmarked', () => {
  const ts = '2026-01-01T00:00:00.000Z';
  const beyond = [-8.64e15, 8.64e15, '-000001-01-01T00:00:00Z', '+010000-01-01T00:00:00Z', -1];
  for (const date of beyond) {
    const messages = [
      { _id: 'a', msg: 'a', agentId: 'ada', ts: date },
      { _id: 'b', msg: 'b', agentId: 'ada', ts, editedAt: { $date: date } },
    ];
    const told = read({ _id: 'r', type: 'Message', messages })?.messages;
    expect(told?.map(({ id, editedAt }) => [id, editedAt])).toEqual([['b', null]]);
  }
});

test('of very many events the thousand lowest numbers are read, so that the app tells the rest again', () => {
  const events = Array.from({ length: 1500 }, (_, n) => ({ id: `e${n}`, seq: 1500 - n }));
  const read = readEvents({ events });
  expect(read).toHaveLength(1000);
  expect([read?.at(0)?.seq, read?.at(-1)?.seq]).toEqual([1, 1000]);
});
