import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Read,
  readAgentAllocation,
  readCloseRequest,
  readMarkAsResolved,
  readNewRequest,
} from './read.ts';

describe('the allocation event of the README', () => {
  it('of the README is read whole', () => {
    expect(readAgentAllocation(sample('agent-allocation-readme'))).toEqual({
      ok: true,
      value: {
        kind: 'conversation-requested',
        appIds: ['xrmcf-2s1ciqkustajhlv'],
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
        wants: { team: null, skills: [] },
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
});

describe('an allocation event', () => {
  it('of 2019 names the session before, though it calls itself resolved', () => {
    expect(unwrap(readAgentAllocation(sample('agent-allocation-2019')))).toEqual({
      kind: 'conversation-requested',
      appIds: ['kopiku-7hd2k1m9s0qwe'],
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
      wants: { team: null, skills: [] },
      extras: null,
    });
  });

  it('of 2021 brings properties as a list', () => {
    expect(unwrap(readAgentAllocation(sample('agent-allocation-2021')))).toMatchObject({
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
    expect(unwrap(readAgentAllocation(sample('agent-allocation-2024')))).toMatchObject({
      externalId: '210988745',
      contact: { externalId: '981223344', email: null, phone: null },
      previousSessionId: 3_000_000_123,
      extras: null,
    });
  });

  it('of 2025 names its channel, and has the phone number as e-mail', () => {
    expect(unwrap(readAgentAllocation(sample('agent-allocation-2025')))).toMatchObject({
      appIds: ['travel-8c1d5m2p7rtx'],
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
});

describe('a resolve event', () => {
  it('of the README is read whole', () => {
    expect(readMarkAsResolved(sample('mark-as-resolved-readme'))).toEqual({
      ok: true,
      value: {
        kind: 'conversation-resolved',
        appIds: [],
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
      value: { appIds: ['travel-8c1d5m2p7rtx'], sessionId: 4_115_830_865, note: null },
    });
  });
});

describe('a webhook', () => {
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

function sample(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./samples/${name}.json`, import.meta.url), 'utf8'));
}

function unwrap<T>(outcome: Read<T>): T {
  if (!outcome.ok) throw new Error(outcome.error);
  return outcome.value;
}
