// Ids that lead nowhere.
import { expect, test } from 'vitest';
import { nameMissing } from './name-missing.ts';

const id = '0198a000-0000-7000-8000-000000000001';

test.each([
  ['agent', `/api/v1/agents/${id}`, 'npm run usher -- agents'],
  ['channel', `/api/v1/channels/${id}`, 'npm run usher -- channels'],
  ['conversation', `/api/v1/conversations/${id}/decisions`, 'npm run usher -- conversations'],
  ['delivery', `/api/v1/deliveries/${id}/redeliver`, 'npm run usher -- deliveries <endpoint>'],
  ['endpoint', `/api/v1/endpoints/${id}/deliveries?limit=50`, 'npm run usher -- endpoints'],
  ['token', `/api/v1/tokens/${id}`, 'npm run usher -- token'],
])('an unknown %s is named, with where they are listed', (kind, path, list) => {
  const said = `There is no ${kind} ${id}; list them with: ${list}`;
  expect(nameMissing({ path, status: 404, code: `${kind}.not-found` })).toBe(said);
});

test('what is no id at all is named the same way', () => {
  const refused = { path: '/api/v1/conversations/12/decisions', status: 400 };
  expect(nameMissing({ ...refused, code: 'request.invalid' })).toBe(
    'There is no conversation 12; list them with: npm run usher -- conversations',
  );
});

test('of two ids the one that is missing is named', () => {
  const path = `/api/v1/conversations/${id}/assign`;
  const agentId = '0198a000-0000-7000-8000-00000000000a';
  const refused = { path, body: { agentId, force: false }, status: 404, code: 'agent.not-found' };
  expect(nameMissing(refused)).toBe(
    `There is no agent ${agentId}; list them with: npm run usher -- agents`,
  );
});

test('another refusal says what it says', () => {
  const path = `/api/v1/agents/${id}`;
  expect(nameMissing({ path, status: 409, code: 'agent.at-capacity' })).toBeNull();
  expect(nameMissing({ path, status: 400, code: 'request.invalid' })).toBeNull();
});
