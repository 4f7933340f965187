import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEvents, readNews } from './read.ts';
import { readHistoryMessage } from './read-message.ts';

const field = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.constant('x\u0000\ud800'),
  fc.constant({ $date: 1_700_000_000_000 }),
);
const message = fc.record(
  {
    ...{ _id: field, msg: field, ts: field, agentId: field, editedAt: field, u: field },
    ...{ file: field, attachments: field, fileUpload: field, closingMessage: field, t: field },
  },
  { requiredKeys: [] },
);
const types = ['Message', 'LivechatSession', 'LivechatSessionTaken', '__proto__', 'toString'];
const envelope = fc.record(
  {
    _id: fc.oneof(field, fc.constant('room')),
    type: fc.oneof(field, fc.constantFrom(...types)),
    messages: fc.oneof(field, fc.array(fc.oneof(field, message))),
    ...{ servedBy: field, agent: field, visitor: field },
  },
  { requiredKeys: [] },
);

test('whatever a webhook says is read without a throw, and everything that is kept can be stored', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), envelope), (body) => {
      const { news } = readNews(body, { botId: 'bot' });
      if (news === null) return;
      expect(news.roomId).not.toBe('');
      const text = JSON.stringify(news);
      expect(text).not.toContain('\\u0000');
      expect(text.isWellFormed()).toBe(true);
      for (const { agentId, isClosing } of news.messages) {
        expect(isClosing || (agentId !== null && agentId !== 'bot')).toBe(true);
      }
    }),
  );
});

test('whatever the history or the app’s list holds is read without a throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), message), fc.anything(), (one, body) => {
      readHistoryMessage(one);
      readEvents(body);
      const events = readEvents({ events: [one, { id: 'e', seq: 2 }, { id: 'd', seq: 1 }] });
      expect(events?.filter(({ id }) => id === 'd' || id === 'e')).toHaveLength(2);
    }),
  );
});
