// Compares what receivers saw with what happened and answers everything that should never have been.
import type { Pool } from 'pg';
import type { ReceivedRequest } from '../../sandbox/receiver/received-request.ts';
import type { Receiver } from '../../sandbox/receiver/start-receiver.ts';
import { deliveredId } from '../../src/contract/delivered-id.ts';
import type { Breaches } from './check-history.ts';

const MOST_TOLD = 5;

interface Expected {
  id: string;
  streamId: string;
  seq: number;
  type: string;
}

/** By the id of its endpoint, whoever received. */
export async function checkDeliveries(
  db: Pool,
  workspaceId: string,
  receivers: ReadonlyMap<string, Receiver>,
): Promise<Breaches> {
  const breaches: Breaches = {};
  for (const [rule, sql] of Object.entries(rules)) {
    breaches[rule] = (await db.query(`${sql} limit ${MOST_TOLD}`, [workspaceId])).rows;
  }
  for (const [endpointId, receiver] of receivers) {
    const found = checkOne(await readExpected(db, workspaceId, endpointId), receiver);
    for (const [rule, all] of Object.entries(found)) {
      const told = all.slice(0, MOST_TOLD).map((what) => ({ endpointId, what }));
      breaches[rule] = [...(breaches[rule] ?? []), ...told];
    }
  }
  return breaches;
}

const rules = {
  'each event has one delivery for each binding': `select e.event_id, b.endpoint_id, b.type, count(d.delivery_id)
    from event e join endpoint_binding b on b.workspace_id = $1 and b.event_type = e.type
    left join delivery d on d.workspace_id = $1 and d.event_id = e.event_id and d.subscriber_id = b.endpoint_id
      and d.type = b.type
    where e.workspace_id = $1 group by 1, 2, 3 having count(d.delivery_id) <> 1`,
  'each delivery is done': `select delivery_id, state, outcome, attempts from delivery
    where workspace_id = $1 and event_id is not null and state <> 'done'`,
  'each done delivery has an attempt that was answered well': `select d.delivery_id from delivery d
    where d.workspace_id = $1 and d.event_id is not null and d.state = 'done' and not exists (
      select from delivery_attempt a where a.workspace_id = $1 and a.delivery_id = d.delivery_id
        and a.status between 200 and 299)`,
};

async function readExpected(
  db: Pool,
  workspaceId: string,
  endpointId: string,
): Promise<Expected[]> {
  const { rows } = await db.query<Omit<Expected, 'id'> & { eventId: string }>(
    `select e.event_id as "eventId", e.stream_id as "streamId", e.seq, b.type
    from event e join endpoint_binding b on b.workspace_id = $1 and b.event_type = e.type
    where e.workspace_id = $1 and b.endpoint_id = $2 order by e.stream_id, e.seq`,
    [workspaceId, endpointId],
  );
  return rows.map((row) => ({ ...row, id: deliveredId(row) }));
}

function checkOne(expected: readonly Expected[], receiver: Receiver): Breaches {
  const { requests } = receiver;
  const known = new Map(expected.map((one) => [one.id, one]));
  const places = findPlaces(requests);
  const strange = requests.filter((request) => !agrees(request, known.get(request.id)));
  return {
    'each event was taken': expected.filter(({ id }) => places.get(id)?.taken === undefined),
    'nothing came that had not happened': strange.map(({ body }) => String(body)),
    'each request was signed': receiver.unsigned().map(({ id }) => id),
    'repeats are the same bytes': receiver.repeats().filter(({ identical }) => !identical),
    'none came before the one before it was taken': expected.filter((one, index) => {
      const before = expected[index - 1];
      if (before?.streamId !== one.streamId) return false;
      const taken = places.get(before.id)?.taken ?? Number.POSITIVE_INFINITY;
      return (places.get(one.id)?.first ?? Number.POSITIVE_INFINITY) < taken;
    }),
  };
}

/** Where among all requests an id came first, and where it was first answered well. */
function findPlaces(requests: readonly ReceivedRequest[]) {
  const places = new Map<string, { first: number; taken?: number }>();
  for (const [place, { id, behaviour }] of requests.entries()) {
    const known: { first: number; taken?: number } = places.get(id) ?? { first: place };
    if (known.taken === undefined && isGood(behaviour)) known.taken = place;
    places.set(id, known);
  }
  return places;
}

function isGood(behaviour: ReceivedRequest['behaviour']): boolean {
  if (behaviour === null) return false;
  return 'fault' in behaviour ? behaviour.fault === 'trickle' : behaviour.status < 300;
}

/** Gitple's bodies have no number: their id leads to it. */
function agrees({ body }: ReceivedRequest, expected: Expected | undefined): boolean {
  if (expected === undefined) return false;
  const { streamId, seq, type } = expected;
  const told = JSON.parse(body.toString());
  return told.type === type && told.session === undefined
    ? told.subjectId === streamId && told.seq === seq
    : told.type === type && told.session.id === streamId;
}
