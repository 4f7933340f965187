// A conversation as Gitple tells it: the sample of the contract field by field, and who ended it.
import { expect, test } from 'vitest';
import { type SessionFacts, writeSessionEvent } from './write-session-event.ts';

const conversation: SessionFacts['conversation'] = {
  id: 'ses_1',
  contactId: 'usr_1',
  contactGroups: ['xxxx'],
  queuedAt: '2019-04-29T08:57:15.878+00:00',
  assignedAt: '2019-04-29T10:57:15.943+02:00',
  closedAt: '2019-04-29T09:05:56+00:00',
  closeReason: 'userCancel',
  closeNote: 'session_note_message',
  tags: ['sss', 'tttt'],
  categories: ['aaa', 'bbb'],
  closeMeta: [],
  agentId: 'agt_1',
  cameBack: null,
  previousAgentId: null,
  previousAssignedAt: null,
};
const facts: SessionFacts = {
  triggerId: 'trg_2',
  at: '2019-04-29T09:05:56.001499+00:00',
  appCode: 'app',
  type: 'session_state_close',
  by: 'router',
  conversation,
};
const omit = { absentTimes: 'omit' } as const;

const write = (change: Partial<SessionFacts>, its: Partial<SessionFacts['conversation']> = {}) =>
  writeSessionEvent({ ...facts, ...change, conversation: { ...conversation, ...its } }, omit)
    .session as Record<string, unknown>;

test('the close body is the contract’s sample, byte for byte', () => {
  expect(JSON.stringify(writeSessionEvent(facts, omit))).toBe(
    '{"triggerId":"trg_2","ctime":"2019-04-29T09:05:56.001Z","appCode":"app","type":"session_state_close","session":{"id":"ses_1","openTime":"2019-04-29T08:57:15.878Z","inprogressTime":"2019-04-29T08:57:15.943Z","closeTime":"2019-04-29T09:05:56.000Z","reason":"userCancel","userId":"usr_1","userGroups":["xxxx"],"assigneeType":"agent","assigneeId":"agt_1","categories":["aaa","bbb"],"tags":["sss","tttt"],"note":"session_note_message","meta":[]}}',
  );
});

test('the items of the form have their keys in the order of the contract', () => {
  const item = { value: 'x', name: 'order', type: 'input' } as const;
  expect(JSON.stringify(write({}, { closeMeta: [item] }).meta)).toBe(
    '[{"type":"input","name":"order","value":"x"}]',
  );
});

test('before the close there is neither note nor form, whatever an earlier one left', () => {
  for (const type of ['session_state_open', 'session_state_inprogress'] as const) {
    const session = write({ type }, { closeMeta: [{ type: 'input', name: 'a', value: 'b' }] });
    expect(session).toMatchObject({ note: '', meta: [] });
    expect(session).not.toHaveProperty('closeTime');
  }
});

test.each([
  ['router', null, 'auto'],
  ['router', 'requeued', 'auto'],
  ['router', 'transferred', 'transfer'],
  ['Ana', null, 'manual'],
  ['Ana', 'transferred', 'transfer'],
  ['remote', null, 'manual'],
] as const)('an assignment by %s that came back as %s is told as %s', (by, cameBack, reason) => {
  expect(write({ type: 'session_state_inprogress', by }, { cameBack }).reason).toBe(reason);
});

test.each([
  ['bot', 'Ana', 'bot'],
  ['closed', 'Ana', 'agent'],
  [null, 'remote', 'agent'],
  ['already-resolved', 'remote', 'system'],
  ['anything', 'system', 'system'],
] as const)('a close for %s by %s is told as %s', (closeReason, by, reason) => {
  expect(write({ by }, { closeReason }).reason).toBe(reason);
});
