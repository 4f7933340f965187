// Proves that stored secrets change their key row by row, and that a missing key is named.
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { getEndpoint } from '../store/endpoints.ts';
import { unsealEndpoint } from '../store/sealed-rows.ts';
import { getSecondFactor } from '../store/second-factors.ts';
import { makeSecretBox, placeOf, type Sealed, type SecretBox } from '../store/secret-box.ts';
import { keepSigningKey } from '../store/signing-key.ts';
import { createChannel, deleteChannel, updateChannel } from './change-channel.ts';
import { createEndpoint, updateEndpoint } from './change-endpoint.ts';
import { inviteUser } from './change-user.ts';
import { makeChannelDirectory } from './channel-directory.ts';
import type { Desk } from './context.ts';
import { countSecrets, requireKeys, resealSecrets } from './reseal-secrets.ts';
import { beginSecondFactor } from './second-factor.ts';

const first = 'first-key-of-the-operator-0123456789';
const second = 'second-key-of-the-operator-012345678';

/** A workspace with a channel, an endpoint whose secret was changed, and a signing key: five secrets. */
async function makeSecrets(box: SecretBox) {
  const made = await makeDesk();
  const { workspaceId } = made;
  const desk = { ...made.desk, secrets: box };
  const by = { workspaceId, actor: 'test' };
  const { channelId } = await createChannel(desk, {
    ...by,
    kind: 'qiscus',
    name: 'Qiscus',
    config: { baseUrl: 'https://qiscus.example.com', appId: uuid() },
    secrets: { secretKey: 'plain-secret-key', webhookSecret: 'plain-webhook-secret' },
  });
  const url = 'https://example.com/hook';
  const endpointId = await createEndpoint(desk, by, { url, events: [], secret: 'plain-one' });
  await updateEndpoint(desk, { ...by, endpointId }, { secret: 'plain-two' });
  await keepSigningKey(desk.db, box, { workspaceId, name: 'mqtt-key', made: 'plain-key' });
  const underKey = (secrets: SecretBox): Desk => ({ ...desk, secrets });
  return { desk, underKey, by, channelId, endpointId, pool: made.database.pool };
}

async function readAll(
  desk: Desk,
  key: { channelId: string; endpointId: string; by: { workspaceId: string } },
) {
  const { workspaceId } = key.by;
  const directory = await makeChannelDirectory(desk);
  const row = await getEndpoint(desk.db, { workspaceId, endpointId: key.endpointId });
  return {
    channel: directory.byId(key.channelId)?.secrets,
    endpoint: row && unsealEndpoint(desk.secrets, row).secrets.map(({ secret }) => secret),
    key: await keepSigningKey(desk.db, desk.secrets, {
      workspaceId,
      name: 'mqtt-key',
      made: 'another',
    }),
  };
}

const all = {
  channel: { secretKey: 'plain-secret-key', webhookSecret: 'plain-webhook-secret' },
  endpoint: ['plain-two', 'plain-one'],
  key: 'plain-key',
};

async function dump(pool: Desk['db']): Promise<string> {
  const { rows } = await pool.query(
    `select secrets::text as text from channel union all select secrets::text from endpoint
    union all select value::text from setting`,
  );
  return JSON.stringify(rows);
}

test('with a key nothing secret stands readable in the database, and all of it is there', async () => {
  const place = await makeSecrets(makeSecretBox({ key: first }));
  expect(await dump(place.pool)).not.toContain('plain-');
  expect(await readAll(place.desk, place)).toEqual(all);
});

test('plain secrets are sealed, then change their key, then are plain again', async () => {
  const place = await makeSecrets(makeSecretBox({ key: undefined }));
  const steps = [
    { key: first, old: [] },
    { key: second, old: [first] },
    { key: undefined, old: [second] },
  ];
  for (const { key, old } of steps) {
    const desk = place.underKey(makeSecretBox({ key, old }));
    expect(await readAll(desk, place)).toEqual(all);
    expect(await resealSecrets(desk)).toBe(5);
    const isPlain = key === undefined;
    expect(await countSecrets(desk)).toMatchObject(
      isPlain ? { sealed: 0, plain: 5, old: 0 } : { sealed: 5, plain: 0, old: 0 },
    );
    expect((await dump(place.pool)).includes('plain-')).toBe(isPlain);
    // Nothing is left to do, and the old keys are not needed any more.
    expect(await resealSecrets(desk)).toBe(0);
    expect(await readAll(place.underKey(makeSecretBox({ key })), place)).toEqual(all);
  }
});

test('a second factor’s secret is sealed from the beginning, and changes its key with the others', async () => {
  const { database, workspaceId, desk: plain } = await makeDesk();
  const before = makeSecretBox({ key: first });
  const desk = { ...plain, secrets: before };
  const who = { workspaceId, email: 'ana@example.com', name: 'Ana', role: 'agent', actor: 'test' };
  const { userId } = (await inviteUser(desk, who as never)).user;
  const key = { workspaceId, userId };
  const { secret } = await beginSecondFactor(desk, key, { issuer: 'Usher', account: 'ana' });
  const place = placeOf('second_factor', workspaceId, userId, 'secret');
  const stored = async () => (await getSecondFactor(database.pool, key))?.secret as Sealed;
  expect(await stored()).toMatch(`sealed:1:${before.keyId}:`);
  expect(before.open(await stored(), place)).toBe(secret);
  const after = makeSecretBox({ key: second, old: [first] });
  expect(await resealSecrets({ ...desk, secrets: after })).toBe(1);
  expect(await stored()).toMatch(`sealed:1:${after.keyId}:`);
  expect(makeSecretBox({ key: second }).open(await stored(), place)).toBe(secret);
});

test('a missing or a wrong key is named with what to do', async () => {
  const { desk } = await makeSecrets(makeSecretBox({ key: first }));
  const none = requireKeys(desk.db, makeSecretBox({ key: undefined }));
  await expect(none).rejects.toThrow(
    /5 secrets .* USHER_SECRET_KEY is not set\. Set USHER_SECRET_KEY/,
  );
  const wrong = makeSecretBox({ key: second });
  await expect(requireKeys(desk.db, wrong)).rejects.toThrow(
    `sealed with the key ${desk.secrets.keyId}, and USHER_SECRET_KEY is the key ${wrong.keyId}`,
  );
  await requireKeys(desk.db, makeSecretBox({ key: second, old: [first] }));
});

test('a channel whose secret was moved from another row is out of service, and no other is', async () => {
  const place = await makeSecrets(makeSecretBox({ key: first }));
  const other = await createChannel(place.desk, { ...place.by, kind: 'webchat', name: 'Chat' });
  await updateChannel(place.desk, {
    ...place.by,
    channelId: other.channelId,
    secrets: { widgetSecret: 'x'.repeat(32) },
  });
  await place.pool.query(
    `update channel c set secrets = o.secrets from channel o where c.channel_id = $1 and o.channel_id = $2`,
    [place.channelId, other.channelId],
  );
  const directory = await makeChannelDirectory(place.desk);
  expect(directory.byId(place.channelId)).toBeNull();
  expect(directory.byId(other.channelId)?.secrets).toEqual({ widgetSecret: 'x'.repeat(32) });
});

test('a removed channel leaves no secret behind', async () => {
  const place = await makeSecrets(makeSecretBox({ key: undefined }));
  await deleteChannel(place.desk, { ...place.by, channelId: place.channelId });
  const { rows } = await place.pool.query('select secrets from channel');
  expect(rows).toEqual([{ secrets: {} }]);
});
