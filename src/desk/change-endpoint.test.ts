// Endpoints: their secrets as they are rotated, and what is still to be sent when one changes.
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { makeEndpoint } from '../../test/makers/make-endpoint.ts';
import { type EndpointWithSecrets, getEndpoint } from '../store/endpoints.ts';
import {
  type createEndpoint,
  type EndpointFields,
  removeEndpoint,
  updateEndpoint,
} from './change-endpoint.ts';
import { disableEndpoint } from './disable-endpoint.ts';

async function withEndpoint(fields: Partial<Parameters<typeof createEndpoint>[2]> = {}) {
  const place = await makeDesk();
  const { desk, workspaceId } = place;
  const endpointId = await makeEndpoint(place, fields);
  const key = { workspaceId, endpointId };
  const read = async () => (await getEndpoint(desk.db, key)) as EndpointWithSecrets;
  return {
    place,
    key,
    read,
    change: (update: EndpointFields) => updateEndpoint(desk, { ...key, actor: 'test' }, update),
    secrets: async () => (await read()).secrets.map(({ secret }) => secret),
  };
}

async function deliveriesOf({ database }: TestDesk): Promise<string[]> {
  const { rows } = await database.pool.query(
    `select type || ' ' || state || coalesce(' ' || outcome, '') as text from delivery
    where event_id is not null order by delivery_id`,
  );
  return rows.map(({ text }) => text as string);
}

test('a new secret signs first, and the old one for a day beside it', async () => {
  const { change, read, secrets } = await withEndpoint({ secret: 'one' });
  await change({ secret: 'two' });
  expect(await secrets()).toEqual(['two', 'one']);
  const [fresh, old] = (await read()).secrets;
  expect(fresh?.until).toBeNull();
  const hours = (Date.parse(old?.until ?? '') - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(23.9);
  expect(hours).toBeLessThan(24.1);
});

test('with no time to keep it, the old secret ends at once', async () => {
  const { change, secrets } = await withEndpoint({ secret: 'one' });
  await change({ secret: 'two', keepOldSecretSeconds: 0 });
  expect(await secrets()).toEqual(['two']);
});

test('the same secret again changes nothing', async () => {
  const { change, read } = await withEndpoint({ secret: 'one' });
  await change({ secret: 'two', keepOldSecretSeconds: 600 });
  const before = (await read()).secrets;
  await change({ secret: 'two' });
  expect((await read()).secrets).toEqual(before);
});

test('an empty secret ends all signing, and the next one begins alone', async () => {
  const { change, secrets } = await withEndpoint({ secret: 'one' });
  await change({ secret: 'two' });
  await change({ secret: '' });
  expect(await secrets()).toEqual([]);
  await change({ secret: 'three' });
  expect(await secrets()).toEqual(['three']);
});

test('a third secret keeps those that are still valid, and drops those that are not', async () => {
  const { place, change, secrets } = await withEndpoint({ secret: 'one' });
  await change({ secret: 'two', keepOldSecretSeconds: 600 });
  await change({ secret: 'three' });
  expect(await secrets()).toEqual(['three', 'two', 'one']);
  await place.clock.advance(700_000);
  await change({ secret: 'four' });
  expect(await secrets()).toEqual(['four', 'three', 'two']);
});

test('a secret that comes back stands once, at the head', async () => {
  const { change, secrets } = await withEndpoint({ secret: 'one' });
  await change({ secret: 'two' });
  await change({ secret: 'one' });
  expect(await secrets()).toEqual(['one', 'two']);
});

test('what is not named stays as it was', async () => {
  const { change, read } = await withEndpoint({ verifyTls: false, absentTimes: 'null' });
  await change({ url: 'https://example.org/other' });
  expect(await read()).toMatchObject({
    url: 'https://example.org/other',
    verifyTls: false,
    absentTimes: 'null',
    events: ['session_state_open'],
    enabled: true,
  });
});

test('paused: its events are held, and sent or dropped when it is switched on', async () => {
  const { place, change, read } = await withEndpoint();
  const channel = await makeChannel(place);
  await makeConversation(place, channel);
  await change({ enabled: false });
  expect((await read()).disabledReason).toBe('paused');
  await makeConversation(place, channel);
  expect(await deliveriesOf(place)).toEqual(Array(2).fill('session_state_open held'));
  await change({ enabled: true });
  expect(await deliveriesOf(place)).toEqual(Array(2).fill('session_state_open pending'));
  await change({ enabled: false });
  await change({ enabled: true, held: 'drop' });
  expect(await deliveriesOf(place)).toEqual(
    Array(2).fill('session_state_open failed dropped while switched off'),
  );
});

test('one that was switched off for its failures keeps that reason, and begins with a clean record', async () => {
  const { place, key, change, read } = await withEndpoint();
  const { desk, database } = place;
  await database.pool.query('update endpoint set failures = 12, failing_since = now()');
  await disableEndpoint(desk, { ...key, reason: 'failing' });
  await disableEndpoint(desk, { ...key, reason: 'gone' });
  await change({ verifyTls: false });
  expect(await read()).toMatchObject({ disabledReason: 'failing', failures: 12 });
  await change({ enabled: true });
  expect(await read()).toMatchObject({ disabledReason: null, failures: 0, failingSince: null });
});

test('a type that is no longer bound cancels what of it is still to be sent, and nothing else', async () => {
  const { place, change } = await withEndpoint({
    events: ['session_state_open', 'conversation.opened'],
  });
  await makeConversation(place, await makeChannel(place));
  await change({ events: ['conversation.opened'] });
  expect((await deliveriesOf(place)).toSorted()).toEqual([
    'conversation.opened pending',
    'session_state_open failed cancelled: no longer bound',
  ]);
});

test('removed: nothing more is sent, and its secrets are forgotten', async () => {
  const { place, key, read } = await withEndpoint({ secret: 'one' });
  const channel = await makeChannel(place);
  await makeConversation(place, channel);
  await removeEndpoint(place.desk, { ...key, actor: 'test' });
  await makeConversation(place, channel);
  expect(await read()).toBeNull();
  expect(await deliveriesOf(place)).toEqual([
    'session_state_open failed cancelled: the endpoint was removed',
  ]);
  const { rows } = await place.database.pool.query('select secrets from endpoint');
  expect(rows).toEqual([{ secrets: [] }]);
});

test.each([
  [{ url: 'http://127.0.0.1/' }, 'endpoint.url-refused'],
  [{ events: ['session_state_gone'] }, 'endpoint.event-unknown'],
])('with %j nothing of a change is written', async (wrong, code) => {
  const { place, change, read } = await withEndpoint({ secret: 'one' });
  const before = await read();
  await expect(change({ secret: 'two', verifyTls: false, ...wrong })).rejects.toMatchObject({
    code,
  });
  expect(await read()).toEqual(before);
  const { rows } = await place.database.pool.query('select action from audit_entry');
  expect(rows).toEqual([{ action: 'endpoint.created' }]);
});
