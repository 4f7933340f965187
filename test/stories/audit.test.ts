// Who changed what: every change by hand to what others rely on is on record, without a secret.
import { expect, test } from 'vitest';
import { settingsEn } from '../../web/i18n/settings-en.ts';
import { startTestUsher } from '../makers/start-test-usher.ts';

interface Entry {
  actor: string;
  action: string;
  objectKind: string;
  change: Record<string, unknown>;
}

test('tokens, teams, agents, channels, policy, settings, tags and canned replies leave their mark', async () => {
  const usher = await startTestUsher();
  const add = async (path: string, body: object) =>
    (await usher.call('POST', `/api/v1/${path}`, { body })).body as { id: string; token: string };
  const change = (path: string, body: object) => usher.call('PATCH', `/api/v1/${path}`, { body });
  const remove = (path: string) => usher.call('DELETE', `/api/v1/${path}`);

  const token = await add('tokens', { name: 'robot', role: 'agent' });
  await remove(`tokens/${token.id}`);
  const team = await add('teams', { name: 'Sales' });
  await change(`teams/${team.id}`, { name: 'Selling' });
  await remove(`teams/${team.id}`);
  const agent = await add('agents', { name: 'Ana' });
  await change(`agents/${agent.id}`, { capacity: 5 });
  await change(`agents/${agent.id}`, { availability: 'online' });
  await remove(`agents/${agent.id}`);
  const secrets = { secret: 'the-secret-of-rapidpro' };
  const channel = await add('channels', { kind: 'rapidpro', name: 'RapidPro', secrets });
  await change(`channels/${channel.id}`, { name: 'Messages' });
  await remove(`channels/${channel.id}`);
  const { policy } = (await usher.call('GET', '/api/v1/policy')).body as { policy: object };
  await usher.call('PUT', '/api/v1/policy', { body: policy });
  await change('settings', { retentionDays: 365 });
  const tag = await add('tags', { name: 'refund', colour: '#ff0000' });
  await remove(`tags/${tag.id}`);
  const reply = await add('canned-replies', { shortcut: 'hi', text: 'Hello' });
  await change(`canned-replies/${reply.id}`, { text: 'Hello!' });

  const { body, text } = await usher.call('GET', '/api/v1/audit?limit=200');
  const items = (body as { items: Entry[] }).items.reverse();
  expect(items.map(({ action }) => action)).toEqual([
    ...['token.created', 'token.revoked', 'team.created', 'team.renamed', 'team.removed'],
    ...['agent.created', 'agent.updated', 'agent.removed'],
    ...['channel.created', 'channel.changed', 'channel.removed', 'policy.changed'],
    ...['settings.updated', 'tag.created', 'tag.removed'],
    ...['canned-reply.created', 'canned-reply.updated'],
  ]);
  expect(Object.keys(settingsEn)).toEqual(
    expect.arrayContaining(items.map(({ action }) => `audited.${action}`)),
  );
  expect(new Set(items.map(({ actor }) => actor))).toEqual(new Set(['token:environment']));
  expect(items[6]).toMatchObject({ objectKind: 'agent', change: { capacity: 5 } });
  expect(items[8]?.change).toMatchObject({ name: 'RapidPro', secrets: ['secret', 'authToken'] });
  expect(text).not.toContain(secrets.secret);
  expect(text).not.toContain(token.token);
});

test('the audit is narrowed by person, by sort and by time, and goes out as CSV', async () => {
  const usher = await startTestUsher();
  await usher.call('POST', '/api/v1/tags', { body: { name: '=refund', colour: '#ff0000' } });
  await usher.clock.advance(60_000);
  const between = new Date(usher.clock.now()).toISOString();
  await usher.clock.advance(60_000);
  await usher.call('POST', '/api/v1/teams', { body: { name: 'Sales' } });
  const actions = async (query: string) =>
    ((await usher.call('GET', `/api/v1/audit?${query}`)).body as { items: Entry[] }).items.map(
      ({ action }) => action,
    );
  expect(await actions('kind=tag')).toEqual(['tag.created']);
  expect(await actions(`from=${between}&kind=tag`)).toEqual([]);
  expect(await actions(`to=${between}&kind=team`)).toEqual([]);
  expect(await actions(`from=${between}&kind=team`)).toEqual(['team.created']);
  expect(await actions('actor=agent:nobody')).toEqual([]);
  const csv = await usher.call('GET', '/api/v1/audit.csv?kind=tag');
  expect(csv.text.split('\r\n')).toHaveLength(3);
  // Nothing that somebody named is run by a spreadsheet.
  expect(csv.text).toContain("'=refund");
});
