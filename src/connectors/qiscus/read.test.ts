import { readFileSync } from 'node:fs';
import fc from 'fast-check';
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

describe('an agent-allocation event', () => {
  it('of the README is read whole', () => {
    expect(readAgentAllocation(sample('agent-allocation-readme'))).toEqual({
      ok: true,
      value: {
        kind: 'conversation-requested',
        appId: 'xrmcf-2s1ciqkustajhlv',
        externalId: '273683234',
        source: 'qiscus',
        externalChannelId: null,
        contact: {
          externalId: 'cust1@example.com',
          name: 'cust1',
          email: 'cust1@example.com',
          phone: null,
          avatarUrl: 'https://omnichannel.qiscus.com/img/ic_qiscus_client.png',
          attributes: {},
        },
        isNewSession: true,
        previousSessionId: null,
        extras: {
          additional_extras: { timezone_offset: 7 },
          notes: null,
          timezone_offset: null,
          user_properties: [],
          user_properties_migrated: true,
        },
      },
    });
  });

  it('of 2019 names the session before, though it calls itself resolved', () => {
    expect(request(sample('agent-allocation-2019'))).toEqual({
      kind: 'conversation-requested',
      appId: 'kopiku-7hd2k1m9s0qwe',
      externalId: '8471230',
      source: 'line',
      externalChannelId: null,
      contact: {
        externalId: 'U4af4980629af0c1d2e3f405162738495',
        name: 'Rina Wulandari',
        email: null,
        phone: null,
        avatarUrl: 'https://cdn.example.com/avatars/rina.png',
        attributes: {},
      },
      isNewSession: null,
      previousSessionId: 904411,
      extras: null,
    });
  });

  it('of 2021 brings properties as a list', () => {
    expect(request(sample('agent-allocation-2021'))).toMatchObject({
      externalId: '44120987',
      source: 'fb',
      contact: {
        externalId: '5120098471230',
        name: 'Agus Pratama 🧵',
        phone: null,
        attributes: { Kota: 'Bandung', Member: true },
      },
      isNewSession: false,
      previousSessionId: null,
    });
  });

  it('of 2024 may have a session id above 2^31', () => {
    expect(request(sample('agent-allocation-2024'))).toMatchObject({
      externalId: '210988745',
      contact: { externalId: '981223344', email: null, phone: null },
      previousSessionId: 3_000_000_123,
      extras: null,
    });
  });

  it('of 2025 names its channel, and has the phone number as e-mail', () => {
    expect(request(sample('agent-allocation-2025'))).toMatchObject({
      appId: 'travel-8c1d5m2p7rtx',
      externalId: '301552201',
      externalChannelId: '6120',
      contact: {
        externalId: '628120000001',
        email: null,
        phone: '628120000001',
        attributes: { tier: 'gold' },
      },
    });
  });

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

  it.each(['new-session', 'bot'])('that is a %s webhook is ignored by every route', (name) => {
    const body = sample(name);
    for (const read of [
      readAgentAllocation,
      readNewRequest,
      readMarkAsResolved,
      readCloseRequest,
    ]) {
      expect(read(body)).toMatchObject({ ok: true, value: { kind: 'ignored' } });
    }
  });
});

describe('a resolve event', () => {
  it('of the README is read whole', () => {
    expect(readMarkAsResolved(sample('mark-as-resolved-readme'))).toEqual({
      ok: true,
      value: {
        kind: 'conversation-resolved',
        appId: null,
        externalId: '274083256',
        sessionId: 115830865,
        resolvedBy: {
          externalId: '162787',
          name: 'QTicketing Demo 1',
          email: 'qiscus_166a3_qticketing.demo1@gmail.com',
          kind: 'admin',
        },
        note: 'selesai.',
      },
    });
  });

  it('of 2025 has a comment id as a number and no note', () => {
    expect(readMarkAsResolved(sample('mark-as-resolved-2025'))).toMatchObject({
      value: { appId: 'travel-8c1d5m2p7rtx', sessionId: 4_115_830_865, note: null },
    });
  });

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
      value: { externalId: '5', appId: null },
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
    [{ endpoint: 'https://a.b', enable: {} }, 'The enable field must be true or false.'],
  ])('%j registers nothing', (body, error) => {
    expect(readSetMarkAsResolved(body)).toEqual({ ok: false, error });
  });
});

describe('whatever is sent', () => {
  const field = fc.oneof(
    fc.jsonValue(),
    fc.string({ unit: 'binary' }),
    fc.constant('x\u0000\ud800'),
  );
  const allocation = fc.record(
    {
      app_id: field,
      room_id: field,
      source: field,
      email: field,
      name: field,
      channel: field,
      extras: field,
      latest_service: field,
    },
    { requiredKeys: ['room_id'] },
  );
  const resolution = fc.record({
    customer: field,
    resolved_by: field,
    service: fc.oneof(field, fc.record({ room_id: field, id: field, notes: field })),
  });

  it('is answered with a value, and a room id of 1 to 64 characters', () => {
    const anything = fc.oneof(fc.jsonValue(), fc.anything(), allocation, resolution);
    const readers = [readAgentAllocation, readNewRequest, readMarkAsResolved, readCloseRequest];
    const property = fc.property(anything, fc.constantFrom(...readers), (body, read) => {
      const outcome = read(body);
      if (!outcome.ok || outcome.value.kind === 'ignored') return;
      const { externalId } = outcome.value;
      expect([...externalId].length).toBeGreaterThanOrEqual(1);
      expect([...externalId].length).toBeLessThanOrEqual(64);
      expect(isStorable(outcome.value)).toBe(true);
    });
    fc.assert(property, { numRuns: 3000 });
  });

  it('to the settings is answered with a value', () => {
    const body = fc.oneof(fc.anything(), fc.record({ max_customers: field, endpoint: field }));
    fc.assert(
      fc.property(body, (value) => {
        readMaxCustomers(value);
        readSetMarkAsResolved(value);
      }),
    );
  });
});

function sample(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./samples/${name}.json`, import.meta.url), 'utf8'));
}

function request(body: unknown): ConversationRequested {
  const outcome: Read<unknown> = readAgentAllocation(body);
  if (!outcome.ok) throw new Error(outcome.error);
  return outcome.value as ConversationRequested;
}

/** What PostgreSQL would take as jsonb. */
function isStorable(value: unknown): boolean {
  return !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value).replaceAll('\\\\', ''));
}
