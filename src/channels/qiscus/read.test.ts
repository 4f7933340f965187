import { describe, expect, it } from 'vitest';
import type { ConversationRequested } from '../../contract/inbound.ts';
import {
  type Read,
  readAgentAllocation,
  readCloseRequest,
  readMarkAsResolved,
  readMaxCustomers,
  readNewRequest,
  readSetMarkAsResolved,
} from './read.ts';

const least = { app_id: 'app', room_id: '1', source: 'wa' };
const resolve = { customer: { user_id: 'u' }, resolved_by: { id: 1 }, service: { room_id: '1' } };

describe('an allocation event', () => {
  it.each([
    [{}, 'The app id field is required.'],
    [null, 'The app id field is required.'],
    [[], 'The app id field is required.'],
    ['text', 'The app id field is required.'],
    [{ ...least, app_id: '  ' }, 'The app id field is required.'],
    [{ ...least, room_id: null, source: '' }, 'The room id field is required.'],
    [{ ...least, room_id: '' }, 'The room id field is required.'],
    [{ ...least, room_id: [] }, 'The room id field is required.'],
    [{ ...least, room_id: {}, source: '' }, 'The source field is required.'],
    [{ ...least, room_id: {} }, 'The room id field must be a string.'],
    [{ ...least, room_id: true }, 'The room id field must be a string.'],
    [{ ...least, room_id: 1.5 }, 'The room id field must be a string.'],
    [{ ...least, room_id: 27368323400000000000 }, 'The room id field must be a string.'],
    [{ ...least, room_id: '1'.repeat(65) }, 'The room id field must be a string.'],
    [{ ...least, app_id: 7 }, 'The app id field must be a string.'],
    [{ ...least, app_id: ['app'] }, 'The app id field must be a string.'],
    [{ ...least, app_code: { app: 1 } }, 'The app code field must be a string.'],
  ])('%j is refused with the first rule that fails', (body, error) => {
    expect(readAgentAllocation(body)).toEqual({ ok: false, error });
  });

  it.each([
    [273683234, '273683234'],
    ['27368323400000000000', '27368323400000000000'],
    [' 12 ', '12'],
    [9007199254740991, '9007199254740991'],
    ['é'.repeat(64), 'é'.repeat(64)],
    ['😀'.repeat(64), '😀'.repeat(64)],
    ['a\u0000b\ud800', 'a\ufffdb\ufffd'],
  ])('room id %j is kept as %s', (roomId, externalId) => {
    expect(request({ ...least, room_id: roomId }).externalId).toBe(externalId);
  });
});

describe('what comes with an allocation event', () => {
  it.each([
    [null, null],
    ['', null],
    ['not json', 'not json'],
    ['{"a":"\\u0000"}', { a: '\ufffd' }],
    ['{"__proto__":{"admin":true},"b":1}', { b: 1 }],
    [{ a: [1] }, { a: [1] }],
  ])('extras %j are read as %j', (extras, expected) => {
    expect(request({ ...least, extras }).extras).toEqual(expected);
  });

  it('survives 100 kB of nesting and keeps 500 kB of flat extras', () => {
    const nested = '['.repeat(50_000) + ']'.repeat(50_000);
    expect(JSON.stringify(request({ ...least, extras: nested }).extras).length).toBeLessThan(200);
    const flat = { text: 'x'.repeat(500_000) };
    expect(request({ ...least, extras: JSON.stringify(flat) }).extras).toEqual(flat);
  });

  it('without an e-mail knows the contact by user id, or else by room', () => {
    expect(request({ ...least, user_id: 77 }).contact.externalId).toBe('77');
    expect(request({ ...least, email: ' ' }).contact.externalId).toBe('room:1');
  });

  it('caps a name of a megabyte', () => {
    expect(request({ ...least, name: 'n'.repeat(1_000_000) }).contact.name).toHaveLength(255);
  });
});

describe('a resolve event', () => {
  it.each([
    [{}, 'The customer field is required.'],
    [{ ...resolve, resolved_by: null }, 'The resolved by field is required.'],
    [{ ...resolve, service: [] }, 'The service field is required.'],
    [{ ...resolve, service: {} }, 'The service.room id field is required.'],
    [{ ...resolve, service: 'x' }, 'The service.room id field is required.'],
    [{ ...resolve, service: { room_id: {} } }, 'The service.room id field must be a string.'],
  ])('%j is refused with the first rule that fails', (body, error) => {
    expect(readMarkAsResolved(body)).toEqual({ ok: false, error });
  });
});

describe('the requests of Qiscust', () => {
  it('need nothing but the room', () => {
    expect(readNewRequest({ room_id: 5 })).toMatchObject({
      value: { externalId: '5', appIds: [] },
    });
    expect(readCloseRequest({ service: { room_id: '5' } })).toMatchObject({
      value: { externalId: '5', sessionId: null },
    });
  });

  it('without a room are refused', () => {
    expect(readNewRequest({})).toEqual({ ok: false, error: 'The room id field is required.' });
    const error = 'The service.room id field is required.';
    expect(readCloseRequest({})).toEqual({ ok: false, error });
    expect(readCloseRequest({ service: {} })).toEqual({ ok: false, error });
  });
});

describe('the settings', () => {
  it.each([
    [{ max_customers: 5 }, 5],
    [{ value: 5 }, 5],
    [{ max_customers: '5' }, 5],
    [{ max_customers: 7, value: 5 }, 7],
    [{ max_customers: '', value: '5' }, 5],
    [{ max_customers: 1000 }, 1000],
  ])('%j sets the cap', (body, maxCustomers) => {
    expect(readMaxCustomers(body)).toEqual({ ok: true, value: { maxCustomers } });
  });

  it.each([
    [{}, 'is required'],
    [{ max_customers: null }, 'is required'],
    [{ max_customers: 'x' }, 'must be an integer'],
    [{ max_customers: 1.5 }, 'must be an integer'],
    [{ max_customers: true }, 'must be an integer'],
    [{ max_customers: [5] }, 'must be an integer'],
    [{ max_customers: 0 }, 'must be between 1 and 1000'],
    [{ max_customers: -1 }, 'must be between 1 and 1000'],
    [{ max_customers: 1_000_000_000 }, 'must be between 1 and 1000'],
    [{ max_customers: '9'.repeat(20) }, 'must be between 1 and 1000'],
  ])('%j is no cap', (body, complaint) => {
    const error = `The max customers field ${complaint}.`;
    expect(readMaxCustomers(body)).toEqual({ ok: false, error });
  });

  it.each([
    [true, true],
    [1, true],
    ['1', true],
    [false, false],
    [0, false],
    ['0', false],
    [null, false],
    [undefined, false],
  ])('enable %j means %j', (enable, expected) => {
    const endpoint = 'https://yourdomain.com/api/v1/webhook/mark_as_resolved';
    expect(readSetMarkAsResolved({ endpoint, enable })).toEqual({
      ok: true,
      value: { endpoint, enable: expected },
    });
  });

  it.each([
    [{}, 'The endpoint field is required.'],
    [{ endpoint: 'yourdomain.com' }, 'The endpoint field must be a valid URL.'],
    [{ endpoint: 'ftp://a.b/c' }, 'The endpoint field must be a valid URL.'],
    [{ endpoint: 'https://' }, 'The endpoint field must be a valid URL.'],
    [{ endpoint: 5 }, 'The endpoint field must be a valid URL.'],
    [{ endpoint: 'https://a.b', enable: 'true' }, 'The enable field must be true or false.'],
    [{ endpoint: 'https://a.b', enable: 'TRUE' }, 'The enable field must be true or false.'],
    [{ endpoint: 'https://a.b', enable: {} }, 'The enable field must be true or false.'],
  ])('%j registers nothing', (body, error) => {
    expect(readSetMarkAsResolved(body)).toEqual({ ok: false, error });
  });
});

function request(body: unknown): ConversationRequested {
  const outcome: Read<unknown> = readAgentAllocation(body);
  if (!outcome.ok) throw new Error(outcome.error);
  return outcome.value as ConversationRequested;
}
