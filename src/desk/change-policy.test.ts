// A policy is put in force whole or not at all, on the version on which it was built.
import { expect, test } from 'vitest';
import { breakAll } from '../../test/makers/broken-policies.ts';
import { fillCompany } from '../../test/makers/fill-company.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { validPolicies } from '../../test/makers/valid-policies.ts';
import type { PolicyDocument } from '../contract/policy/document.ts';
import { listPolicies } from '../store/workspaces.ts';
import { removeGroup } from './change-group.ts';
import { changePolicy } from './change-policy.ts';

async function makeCompanyDesk() {
  const made = await makeDesk();
  const { desk, workspaceId } = made;
  const company = await fillCompany(desk.db, workspaceId);
  const put = (policy: unknown, ifVersion: number[] | null = null) =>
    changePolicy(desk, { workspaceId, actor: 'test', policy, ifVersion });
  const versions = () => listPolicies(desk.db, workspaceId, 1000);
  return { ...made, company, put, versions };
}
const guide = () => validPolicies()['the one of the guide'] as PolicyDocument;

test('policies that hold are stored whole, by ids', async () => {
  const { put, versions } = await makeCompanyDesk();
  const policies = Object.values(validPolicies());
  for (const policy of policies)
    expect(await put(policy)).toMatchObject({ policy: { plans: [{}, {}] } });
  const stored = await versions();
  expect(stored).toHaveLength(1 + policies.length);
  // The one of the guide and the one by ids are the same to the router.
  expect(stored.at(-2)?.policy).toEqual(stored.at(-3)?.policy);
  expect(JSON.stringify(stored)).not.toContain('"team":"Billing"');
});

test('three hundred broken policies are each refused whole, at the right place, with a remedy', async () => {
  const { put, versions } = await makeCompanyDesk();
  const before = await versions();
  const broken = breakAll(validPolicies());
  expect(broken.length).toBeGreaterThanOrEqual(300);
  const wrong: string[] = [];
  for (const { title, policy, path, code } of broken) {
    const { policy: taken, ...said } = await put(policy);
    const faults = 'faults' in said ? said.faults : [];
    const found = faults.some((one) => one.path === path && one.code === code && one.remedy !== '');
    if (taken !== null || !found) wrong.push(`${title}: ${JSON.stringify(faults)}`);
  }
  expect(wrong).toEqual([]);
  expect(await versions()).toEqual(before);
});

test('of two who built on the same version one is refused, and nothing of theirs is in force', async () => {
  const { put, versions } = await makeCompanyDesk();
  const [{ version } = { version: 0 }] = await versions();
  const other = { ...guide(), strategy: 'round-robin' };
  const done = await Promise.allSettled([put(guide(), [version]), put(other, [version])]);
  const refused = done.filter(({ status }) => status === 'rejected');
  expect(refused).toEqual([
    { status: 'rejected', reason: expect.objectContaining({ code: 'policy.changed-since' }) },
  ]);
  expect(await versions()).toHaveLength(2);
  expect(await put(other, [1, 2])).toMatchObject({ version: 3 });
  expect(await put(guide())).toMatchObject({ version: 4 });
});

test('a team or skill that the policy names cannot be removed, and the refusal says where it does', async () => {
  const { desk, workspaceId, company, put } = await makeCompanyDesk();
  const { rules = [] } = guide();
  const when = { field: 'online.billing', lessThan: 1 };
  await put({ ...guide(), rules: [{ name: 'Nobody', when, [THEN]: { plan: 'Night' } }, ...rules] });
  const remove = (kind: 'team' | 'skill', name: string) => {
    const id = company[`${kind}s`].find((one) => one.name === name)?.id ?? '';
    return removeGroup(desk, kind, { workspaceId, id, actor: 'test' });
  };
  await expect(remove('team', 'Billing')).rejects.toMatchObject({
    code: 'group.in-policy',
    message:
      'The policy names this team: rule “Nobody”, step 1 of plan “Billing”, step 2 of plan “Billing”. Take it out of the policy first.',
    more: { places: expect.arrayContaining(['rule “Nobody”']) },
  });
  await expect(remove('skill', 'portuguese')).rejects.toMatchObject({ code: 'group.in-policy' });
  await remove('team', 'Sales');
  await remove('skill', 'english');
  await put({ ...guide(), rules: [], plans: [] });
  await remove('team', 'Billing');
});

const THEN = 'then';
