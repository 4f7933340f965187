// The policy as one document over HTTP: checked, compared, versioned, and never overwritten unseen.
import { expect, test } from 'vitest';
import type {
  PolicyCheck,
  PolicyDocument,
  PolicyVersion,
} from '../../src/contract/policy/document.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { fillCompany } from '../makers/fill-company.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { validPolicies } from '../makers/valid-policies.ts';

const guide = () => validPolicies()['the one of the guide'] as PolicyDocument;
const PATH = '/api/v1/policy';

async function get(usher: TestUsher, path = ''): Promise<PolicyVersion> {
  const answer = await usher.call('GET', `${PATH}${path}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body as PolicyVersion;
}

async function check(usher: TestUsher, policy: unknown): Promise<PolicyCheck> {
  const answer = await usher.call('POST', `${PATH}/check`, { body: { policy } });
  expect(answer.status, answer.text).toBe(200);
  return answer.body as PolicyCheck;
}

async function startWithGuide() {
  const usher = await startTestUsher();
  const company = await fillCompany(usher.database.pool, DEFAULT_WORKSPACE);
  const put = (policy: unknown) => usher.call('PUT', PATH, { body: policy });
  expect(await put(guide())).toMatchObject({ status: 200, body: { version: 2 } });
  return { usher, company, put };
}

test('a check tells faults, warnings and changes, and puts nothing in force', async () => {
  const usher = await startTestUsher();
  await fillCompany(usher.database.pool, DEFAULT_WORKSPACE);
  const { faults, warnings, changes } = await check(usher, guide());
  expect({ faults, warnings }).toEqual({ faults: [], warnings: [] });
  expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    'added /calendars/Office',
    'added /rules/Gold customers',
    'added /rules/Everybody else',
    'added /plans/Billing',
    'added /plans/Night',
  ]);
  const { plans: _, ...without } = guide();
  const broken = await check(usher, without);
  expect(broken.faults.map(({ path }) => path)).toContain('/plans');
  expect(broken.changes).toEqual([]);
  for (const odd of [null, 7, 'x', []]) {
    expect((await check(usher, odd)).faults).toMatchObject([
      { path: '', code: 'document.wrong-type' },
    ]);
  }
  expect(await get(usher)).toMatchObject({ version: 1 });
});

test('it is answered by ids, or with names as people write them, whole', async () => {
  const { usher, company } = await startWithGuide();
  expect((await get(usher, '?names=true')).policy).toEqual(guide());
  const { policy } = await get(usher);
  const team = company.teams.find(({ name }) => name === 'Billing')?.id;
  expect(policy.plans?.[0]?.steps[0]).toMatchObject({ team });
  expect((await check(usher, policy)).changes).toEqual([]);
  expect((await get(usher, '/versions/2')).policy).toEqual(policy);
});

test('each version can be read and compared, with names that have changed since', async () => {
  const { usher, company, put } = await startWithGuide();
  await put({ ...guide(), strategy: 'round-robin', plans: guide().plans?.slice(0, 2) ?? [] });
  const skill = company.skills.find(({ name }) => name === 'billing')?.id;
  await usher.call('PATCH', `/api/v1/skills/${skill}`, { body: { name: 'Invoices' } });
  const diff = async (path: string) =>
    (await usher.call('GET', `${PATH}/versions/${path}`)).body as { changes: object[] };
  expect(await diff('3/diff')).toEqual({
    ...{ version: 3, against: 2 },
    changes: [{ path: '/strategy', kind: 'changed', before: 'least-loaded', after: 'round-robin' }],
  });
  expect(await diff('3/diff?against=3')).toMatchObject({ changes: [] });
  const first = await diff('1/diff');
  expect(first).toMatchObject({ version: 1, against: null });
  expect(first.changes).toContainEqual({ path: '/strategy', kind: 'added', after: 'least-loaded' });
  const all = await diff('2/diff?against=1');
  expect(JSON.stringify(all)).toContain('"Invoices":3');
  for (const path of ['9', '9/diff', '2/diff?against=9']) {
    expect((await usher.call('GET', `${PATH}/versions/${path}`)).body).toMatchObject({
      ...{ status: 404, code: 'policy.version-not-found' },
    });
  }
});

test('who built on an older version is told so, and who says nothing goes on as before', async () => {
  const usher = await startTestUsher();
  const { policy, version } = await get(usher);
  const response = await fetch(new URL(PATH, usher.url), {
    headers: { authorization: `Bearer ${usher.token}` },
  });
  const etag = response.headers.get('etag') ?? '';
  expect(etag).toBe(`"${version}"`);
  const put = (headers: Record<string, string>) =>
    usher.call('PUT', PATH, { body: { ...policy, leaveGraceSeconds: 50 }, headers });
  expect(await put({ 'if-match': etag })).toMatchObject({ status: 200, body: { version: 2 } });
  expect(await put({ 'if-match': etag })).toMatchObject({
    status: 412,
    body: { code: 'policy.changed-since', version: 2 },
  });
  for (const never of ['"7x"', 'W/"2"', '2', '']) {
    expect((await put({ 'if-match': never })).status, never).toBe(412);
  }
  expect((await put({ 'if-match': '"1", "2"' })).status).toBe(200);
  expect((await put({ 'if-match': '*' })).status).toBe(200);
  expect((await put({})).status).toBe(200);
});

test('a removal that the policy forbids says over HTTP where it is named', async () => {
  const { usher, company } = await startWithGuide();
  const team = company.teams.find(({ name }) => name === 'Support')?.id;
  expect((await usher.call('DELETE', `/api/v1/teams/${team}`)).body).toMatchObject({
    ...{ status: 409, code: 'group.in-policy', places: ['step 1 of plan “Night”'] },
    detail: 'The policy names this team: step 1 of plan “Night”. Take it out of the policy first.',
  });
});

test('a broken policy is refused whole, with all of its faults beside the text, also without calendars, rules and plans', async () => {
  const { usher, put } = await startWithGuide();
  const [billing, night] = guide().plans as NonNullable<PolicyDocument['plans']>;
  const plans = [billing, { ...night, steps: [{ after: 3, team: 'Suport' }] }];
  const fault = { path: '/plans/1/steps/0/team', code: 'team.unknown' };
  expect(await put({ ...guide(), plans })).toMatchObject({
    status: 400,
    body: {
      code: 'policy.invalid',
      detail:
        '/plans/1/steps/0/team: There is no team “Suport”. Write “Support” if you mean that; otherwise make this team first, or leave it out. And 1 more.',
      faults: [fault, { path: '/plans/1/steps/0/after', code: 'step.first-not-zero' }],
      warnings: [],
    },
  });
  const { calendars, rules, plans: _, ...plain } = guide();
  expect(await put({ ...plain, strategy: 'best' })).toMatchObject({
    status: 400,
    body: { code: 'policy.invalid', faults: [{ path: '/strategy' }] },
  });
  for (const body of [[], null, 'x', 7].map((odd) => JSON.stringify(odd))) {
    const headers = { 'content-type': 'application/json' };
    expect((await usher.call('PUT', PATH, { body, headers })).status, body).toBe(400);
  }
  expect(await get(usher)).toMatchObject({ version: 2 });
});

test('a policy without rules and plans is put as it always was', async () => {
  const { usher, put } = await startWithGuide();
  const { calendars, rules, plans, ...plain } = guide();
  expect(await put(plain)).toMatchObject({ status: 200, body: { version: 3, policy: plain } });
  expect((await get(usher)).policy).toEqual(plain);
  expect((await put({ ...plain, rules: [] })).body).toMatchObject({ policy: plain });
});
