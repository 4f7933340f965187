// The policy that routing is held to: 20 rules, 12 plans of 3 steps, 40 skills with levels, 6 calendars, a third sticky.
import type { Pool } from 'pg';
import type { Calendar } from '../src/contract/policy/calendar.ts';
import type { PolicyDocument } from '../src/contract/policy/document.ts';
import type { Plan } from '../src/contract/policy/plan.ts';
import { defaultPolicy } from '../src/contract/policy/policy.ts';
import type { Rule } from '../src/contract/policy/rule.ts';
import { makeRoster } from '../src/desk/roster.ts';
import { routeWaiting } from '../src/desk/route-waiting.ts';
import { TO_ROUTE } from '../src/store/send-to-rules.ts';
import { insertPolicy } from '../src/store/workspaces.ts';
import { promising } from '../test/makers/promising.ts';
import { silentDesk } from '../test/makers/silent-desk.ts';
import { type Place, type World, withoutMarks } from './world.ts';

const PLANS = 12;
const SKILLS = 40;
const SKILLS_OF_AN_AGENT = 12;
const ZONES = [
  'Asia/Jakarta',
  'Europe/Berlin',
  'America/Sao_Paulo',
  'Asia/Seoul',
  'UTC',
  'America/New_York',
];
const TIERS = ['gold', 'silver', 'basic'];

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A customer asks for one of the plans' departments, and belongs to one of three tiers. */
export function dressCustomer(index: number): {
  attributes: Record<string, unknown>;
  meta: Record<string, unknown>;
} {
  return {
    attributes: { tier: TIERS[index % TIERS.length] },
    meta: { department: `Department ${index % PLANS}`, source: index % 2 === 0 ? 'wa' : 'fb' },
  };
}

/** Puts the policy in force, and gives each agent twelve of the skills, at levels of 1 to 5. */
export async function putFullPolicy(db: Pool, { workspaceId }: Place): Promise<void> {
  await db.query(
    `with made as (
      insert into skill (workspace_id, skill_id, name)
      select $1, gen_random_uuid(), 'skill ' || n from generate_series(0, $2::integer - 1) n
      returning skill_id, substr(name, 7)::integer as nth
    ), people as (
      select agent_id, row_number() over (order by agent_id)::integer as nth from agent where workspace_id = $1
    )
    insert into agent_skill (workspace_id, agent_id, skill_id, level)
    select $1, p.agent_id, s.skill_id, 1 + (p.nth * 7 + k) % 5
    from people p cross join generate_series(0, $3::integer - 1) k
    join made s on s.nth = (p.nth + k) % $2::integer`,
    [workspaceId, SKILLS, SKILLS_OF_AN_AGENT],
  );
  await db.query(
    `update agent set roster_version = nextval('roster_version') where workspace_id = $1`,
    [workspaceId],
  );
  const { rows } = await db.query<{ id: string }>(
    `select skill_id as id from skill where workspace_id = $1 order by substr(name, 7)::integer`,
    [workspaceId],
  );
  const policy = writePolicy(rows.map(({ id }) => id));
  await insertPolicy(promising(db), { workspaceId, policy, createdBy: 'bench' });
}

/**
 * Customers who have each been here once, and talked to one of the agents. The names by which
 * `arrive` knows them are `customer-<n>`.
 */
export async function fillCustomers(
  db: Pool,
  { workspaceId, channelId }: Place,
  count: number,
): Promise<void> {
  await withoutMarks(db, () =>
    db.query(
      `with agents as (
      select agent_id, row_number() over (order by agent_id) - 1 as nth, count(*) over () as total
      from agent where workspace_id = $1
    ), customers as (
      insert into contact (workspace_id, contact_id, channel_id, external_id, name, attributes)
      select $1, gen_random_uuid(), $2, 'customer-' || n, 'Customer',
        jsonb_build_object('tier', (array['gold', 'silver', 'basic'])[1 + n % 3])
      from generate_series(0, $3::integer - 1) n
      returning contact_id, substr(external_id, 10)::integer as nth
    )
    insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, state, needs,
      queued_at, rank_at, agent_id, closed_at, close_reason, event_seq)
    select $1, gen_random_uuid(), $2, 'past-' || c.nth, c.contact_id, 'closed', '', now() - interval '1 day',
      now() - interval '1 day', a.agent_id, now() - interval '1 day', 'resolved', 1
    from customers c join agents a on a.nth = (c.nth * 7) % a.total`,
      [workspaceId, channelId, count],
    ),
  );
}

/** They wait, each for one of the departments, and no rule was asked about any of them. */
export async function fillToRoute(
  db: Pool,
  { workspaceId, channelId }: Place,
  count: number,
): Promise<void> {
  await withoutMarks(db, () =>
    db.query(
      `insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, state, needs,
      queued_at, rank_at, policy_version, meta, event_seq)
    select $1, gen_random_uuid(), $2, 'waiting-' || n, k.contact_id, 'waiting', $4,
      now() - interval '30 days' + n * interval '1 ms', now() - interval '30 days' + n * interval '1 ms', 0,
      jsonb_build_object('department', 'Department ' || n % $5::integer), 1
    from generate_series(0, $3::integer - 1) n
    join contact k on k.workspace_id = $1 and k.channel_id = $2 and k.external_id = 'customer-' || n`,
      [workspaceId, channelId, count, TO_ROUTE, PLANS],
    ),
  );
  await db.query('vacuum analyze');
}

/** Passes until every conversation that no rule was asked about has its plan. Answers how many had none. */
export async function placeAll(
  { db, routingDb }: World,
  { workspaceId }: Place,
  roster = makeRoster(workspaceId),
): Promise<number> {
  const left = async () => {
    const { rows } = await db.query<{ count: number }>(
      `select count(*)::integer as count from conversation
      where workspace_id = $1 and state = 'waiting' and policy_version = 0`,
      [workspaceId],
    );
    return rows[0]?.count ?? 0;
  };
  const before = await left();
  while ((await left()) > 0) await routeWaiting(silentDesk(routingDb), { workspaceId, roster });
  return before;
}

function writePolicy(skillIds: readonly string[]): PolicyDocument {
  return {
    ...defaultPolicy,
    calendars: ZONES.map(writeCalendar),
    rules: writeRules(),
    plans: Array.from({ length: PLANS }, (_, nth) => writePlan(nth, skillIds)),
  };
}

function writeCalendar(timeZone: string, nth: number): Calendar {
  return {
    name: `Calendar ${nth}`,
    timeZone,
    weekly: [{ days: [...weekdays], from: '00:00', to: '24:00' }],
    exceptions: [{ date: '2020-12-25' }],
  };
}

/** A department a rule, first eight that look at more, and one without condition at the end. */
function writeRules(): Rule[] {
  const never = Array.from({ length: 7 }, (_, nth) => ({
    name: `Special ${nth}`,
    when: {
      all: [
        { field: 'contact.attributes.tier', is: 'gold' },
        { field: 'conversation.department', is: `Elsewhere ${nth}` },
        { not: { field: 'now.open', is: `Calendar ${nth % ZONES.length}` } },
      ],
    },
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    then: { plan: 'Plan 0', priority: 'high' as const },
  }));
  const byDepartment = Array.from({ length: PLANS }, (_, nth) => ({
    name: `Department ${nth}`,
    when: {
      any: [
        { field: 'conversation.department', is: `Department ${nth}` },
        { field: 'contact.language', is: `x-${nth}` },
      ],
    },
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    then: { plan: `Plan ${nth}` },
  }));
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  return [...never, ...byDepartment, { name: 'Everybody else', then: { plan: 'Plan 0' } }];
}

/** Three skills a plan, of which less is asked the longer a conversation waits. */
function writePlan(nth: number, skillIds: readonly string[]): Plan {
  const skill = (place: number) => skillIds[(nth * 3 + place) % SKILLS] as string;
  const isSticky = nth % 3 === 0;
  return {
    name: `Plan ${nth}`,
    steps: [
      { after: 0, skills: { [skill(0)]: 2, [skill(1)]: 2 } },
      { after: 60, skills: { [skill(0)]: 2 } },
      { after: 180, skills: { [skill(0)]: 1 }, priority: 'high' },
    ],
    prefer: [...(isSticky ? (['sticky'] as const) : []), 'skill', 'least-loaded', 'longest-idle'],
    ...(isSticky ? { sticky: { within: '30d' } } : {}),
    hours: { calendar: `Calendar ${nth % ZONES.length}`, otherwise: 'queue' },
  };
}
