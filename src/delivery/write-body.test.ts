// The body of a delivery: of the contract's shape and the same bytes, whatever the facts say.
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import {
  type BindableType,
  bindableTypes,
  eventOf,
  isGitpleType,
} from '../contract/event-types.ts';
import { EventBody, eventData } from '../contract/events.ts';
import { gitpleBody } from './gitple/gitple-body.ts';
import { sampleEvent } from './sample-event.ts';
import { writeBody } from './write-body.ts';

const key = {
  workspaceId: '01935ad0-0000-7000-8000-000000000001',
  streamId: '01935ad0-0000-7000-8000-00000000e001',
  eventId: '0f8fad5b-d9cb-469f-a165-70867728950e',
};
const bodyOf = (
  type: BindableType,
  payload: Record<string, unknown>,
  absentTimes: 'omit' | 'null' = 'omit',
) => writeBody({ ...key, type, payload }, { absentTimes });

const schemaOf = (type: BindableType, absentTimes: 'omit' | 'null') =>
  isGitpleType(type) ? gitpleBody(type, absentTimes) : EventBody;

test.each(bindableTypes)('the sample of %s is what the contract says', (type) => {
  const event = eventOf(type);
  const { facts } = sampleEvent(event, new Date());
  for (const absentTimes of ['omit', 'null'] as const) {
    const body = JSON.parse(bodyOf(type, facts, absentTimes).text);
    expect([...Value.Errors(schemaOf(type, absentTimes), body)]).toEqual([]);
    if (!isGitpleType(type)) {
      expect([...Value.Errors(eventData[event], body.data)]).toEqual([]);
    }
  }
});

test('the two forms of one event have ids of their own, each of which stands in its body', () => {
  const { facts } = sampleEvent('conversation.opened', new Date());
  const [gitple, own] = [bodyOf('session_state_open', facts), bodyOf('conversation.opened', facts)];
  expect([gitple.id, own.id]).toEqual([`trg_${key.eventId.replaceAll('-', '')}`, key.eventId]);
  expect(JSON.parse(gitple.text).triggerId).toBe(gitple.id);
  expect(JSON.parse(own.text).id).toBe(own.id);
});

// What the database can keep: no NUL, no half of a surrogate pair.
const text = fc
  .string({ unit: 'binary', maxLength: 20 })
  .map((one) => one.replaceAll('\0', '').toWellFormed());
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one);
const time = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString().replace('Z', '123+00:00'));
const item = fc.oneof(
  fc.record({
    type: fc.constantFrom('input', 'textarea'),
    name: fc.constant('n'),
    value: maybe(text),
  }),
  fc.record({
    type: fc.constant('select'),
    name: fc.constant('n'),
    value: maybe(fc.array(fc.record({ name: text, value: text }), { maxLength: 3 })),
  }),
);
const conversation = fc.record({
  id: fc.uuid(),
  channelId: fc.uuid(),
  externalId: text,
  contactId: fc.uuid(),
  contactGroups: fc.array(text),
  state: fc.constantFrom('waiting', 'assigned', 'closed'),
  priority: fc.constantFrom('low', 'normal', 'high', 'urgent'),
  teamId: maybe(fc.uuid()),
  agentId: maybe(fc.uuid()),
  queuedAt: time,
  assignedAt: maybe(time),
  closedAt: maybe(time),
  closeReason: maybe(text),
  closeNote: maybe(text),
  tags: fc.array(text),
  categories: fc.array(text),
  closeMeta: fc.array(item, { maxLength: 3 }),
  cameBack: fc.constantFrom(null, 'requeued', 'transferred'),
  previousAgentId: maybe(fc.uuid()),
  previousAssignedAt: maybe(time),
});
const contact = fc.record({
  id: fc.uuid(),
  externalId: text,
  anonymous: fc.boolean(),
  name: maybe(text),
  email: maybe(text),
  phone: maybe(text),
  lang: maybe(fc.oneof(text, fc.constantFrom('KO', 'ja-JP', 'zh-Hant-TW', 'pt-BR'))),
  groups: fc.array(text),
  tags: fc.array(text),
  attributes: fc.dictionary(text, fc.jsonValue()),
});
const sent = fc.record({ from: fc.record({ id: text, name: maybe(text) }), text });
const happened = fc.record({
  type: fc.constantFrom(...bindableTypes),
  absentTimes: fc.constantFrom('omit' as const, 'null' as const),
  at: time,
  seq: fc.integer({ min: 1 }),
  appCode: text,
  data: fc.oneof(fc.dictionary(text, fc.jsonValue()), fc.record({ by: text })),
  sent,
  conversation,
  contact,
});

/** An assignment has its agent and time, and a close its time: the statements that tell them see to it. */
function factsOf(one: typeof happened extends fc.Arbitrary<infer T> ? T : never) {
  const { type, at, seq, appCode, data } = one;
  const event = eventOf(type);
  const facts = { event, at, seq, appCode, data };
  if (event === 'external-message.sent') return { ...facts, data: one.sent, contact: one.contact };
  if (!event.startsWith('conversation.')) return facts;
  const its = { ...one.conversation };
  if (event === 'conversation.assigned') {
    its.agentId ??= key.streamId;
    its.assignedAt ??= at;
  }
  if (event === 'conversation.closed') its.closedAt ??= at;
  return { ...facts, conversation: its };
}

test('any facts give valid JSON of the schema, and the same bytes again after a stay in the database', () => {
  const property = fc.property(happened, (one) => {
    const facts = factsOf(one);
    const { type, absentTimes } = one;
    const written = bodyOf(type, facts, absentTimes).text;
    const kept = JSON.parse(JSON.stringify(facts));
    expect(bodyOf(type, kept, absentTimes).text).toBe(written);
    expect(written.isWellFormed()).toBe(true);
    const errors = [...Value.Errors(schemaOf(type, absentTimes), JSON.parse(written))];
    expect(errors.map(({ instancePath, message }) => `${instancePath} ${message}`)).toEqual([]);
  });
  fc.assert(property, { numRuns: 500 });
});
