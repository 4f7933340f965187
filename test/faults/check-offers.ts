// Reads what offers under fire left in the database and answers what should never have happened. It calls nothing of Usher.
import type { Pool } from 'pg';
import type { Breaches } from './check-history.ts';
import type { Downtime } from './check-steps.ts';
import { CAPACITY, type Confirmed, WITHIN_SECONDS } from './offers-world.ts';

interface Offer {
  assignmentId: string;
  conversationId: string;
  agentId: string;
  state: 'pending' | 'confirmed' | 'ended' | 'undone';
  /** In milliseconds, by the database's clock. */
  at: number;
  until: number | null;
  endedAt: number | null;
  endReason: string | null;
  /** The types of the events that name it, without their noun. */
  told: { type: string; at: number }[];
}

export interface Judged {
  agentIds: readonly string[];
  confirmed: readonly Confirmed[];
  downtimes: readonly Downtime[];
  /** After its time, as long as a server is there. */
  lateMs: number;
}

/** Who became free less than so long before a pass may have been overlooked by it. */
const SLACK_MS = 3000;

export async function checkOffers(pool: Pool, judged: Judged): Promise<Breaches> {
  return findBreaches(await readOffers(pool), judged);
}

export function findBreaches(offers: readonly Offer[], judged: Judged): Breaches {
  return {
    'each was an offer, for as long as the plan says': offers.filter(
      ({ at, until }) => until === null || Math.abs(until - at - WITHIN_SECONDS * 1000) > 1,
    ),
    'nobody shared a conversation': findShared(offers),
    'nobody held more than they can': offers.filter(
      ({ agentId, at }) => heldAt(offers, agentId, at) > CAPACITY,
    ),
    'nobody was asked again while another could take it': findAskedAgain(offers, judged),
    'each offer was told once, and its end once': offers.filter((one) => !isToldRight(one)),
    'no answer counted after the time': offers.filter(({ until, told }) =>
      told.some(
        ({ type, at }) => type !== 'offered' && type !== 'missed' && at > (until ?? 0) + 1000,
      ),
    ),
    'nothing was missed before its time, or taken back late': findMistimed(offers, judged),
    'what was confirmed to an agent stands': findLost(offers, judged),
  };
}

export async function readOffers(pool: Pool): Promise<Offer[]> {
  const instant = (of: string) => `extract(epoch from ${of})::float8 * 1000`;
  const { rows } = await pool.query<Offer>(
    `select assignment_id as "assignmentId", conversation_id as "conversationId", agent_id as "agentId", state,
      ${instant('assigned_at')} as at, ${instant('offered_until')} as until, ${instant('ended_at')} as "endedAt",
      end_reason as "endReason", (select coalesce(json_agg(json_build_object('type', replace(e.type, 'conversation.', ''),
        'at', ${instant('e.at')}) order by e.seq), '[]') from event e
        where e.workspace_id = a.workspace_id and e.stream_id = a.conversation_id and e.data ->> 'assignmentId' = a.assignment_id::text
          and e.type in ('conversation.offered', 'conversation.accepted', 'conversation.declined', 'conversation.missed')) as told
    from assignment a order by assigned_at`,
  );
  return rows;
}

const isLive = ({ at, endedAt }: Offer, moment: number): boolean =>
  at <= moment && (endedAt === null || endedAt > moment);

function heldAt(offers: readonly Offer[], agentId: string, moment: number): number {
  return offers.filter((one) => one.agentId === agentId && isLive(one, moment)).length;
}

function findShared(offers: readonly Offer[]): unknown[] {
  return [...Map.groupBy(offers, ({ conversationId }) => conversationId).values()].filter((own) =>
    own.some((one) =>
      own.some((other) => other !== one && isLive(other, one.at) && other.at < one.at),
    ),
  );
}

const isRefused = ({ endReason }: Offer): boolean =>
  endReason === 'declined' || endReason === 'not-accepted';

/** Whoever was never asked for it, and had room for the whole of a while. */
function findAskedAgain(offers: readonly Offer[], { agentIds }: Judged): unknown[] {
  return offers.flatMap((one) => {
    const before = offers.filter(
      ({ conversationId, at }) => conversationId === one.conversationId && at < one.at,
    );
    if (!before.some((past) => past.agentId === one.agentId && isRefused(past))) return [];
    const could = agentIds.filter((agentId) => {
      if (before.some((past) => past.agentId === agentId)) return false;
      const theirs = offers.filter((other) => other.agentId === agentId);
      const changes = [one.at - SLACK_MS, one.at, ...theirs.map(({ at }) => at)].filter(
        (moment) => moment >= one.at - SLACK_MS && moment <= one.at,
      );
      return changes.every((moment) => heldAt(offers, agentId, moment) < CAPACITY);
    });
    return could.length === 0 ? [] : [{ one, could }];
  });
}

function isToldRight({ told, state, endReason, endedAt }: Offer): boolean {
  const [first, ...verdicts] = told.map(({ type }) => type);
  if (first !== 'offered') return false;
  const said = verdicts.join();
  if (endReason === 'declined') return said === 'declined';
  if (endReason === 'not-accepted') return said === 'missed';
  if (state === 'pending') return endedAt === null && said === '';
  // It was closed, by people who had accepted it.
  return said === 'accepted';
}

function findMistimed(offers: readonly Offer[], { downtimes, lateMs }: Judged): unknown[] {
  return offers.filter(({ endReason, endedAt, until }) => {
    if (endReason !== 'not-accepted' || until === null || endedAt === null) return false;
    if (endedAt < until) return true;
    const away = downtimes.map(({ from, to }) =>
      Math.max(0, Math.min(to, endedAt) - Math.max(from, until)),
    );
    return endedAt - until - away.reduce((sum, one) => sum + one, 0) > lateMs;
  });
}

function findLost(offers: readonly Offer[], { confirmed }: Judged): unknown[] {
  return confirmed.filter(({ assignmentId, verdict }) => {
    const offer = offers.find((one) => one.assignmentId === assignmentId);
    return !offer?.told.some(({ type }) => type === verdict);
  });
}
