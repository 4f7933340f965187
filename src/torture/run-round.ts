// One round: a storm over an empty database, a calm, and the judgement of all that it left.
import { converse } from './acts/converse.ts';
import { moveAgents } from './acts/move-agents.ts';
import { bringRooms, endRooms } from './acts/send-webhooks.ts';
import { ask } from './ask.ts';
import type { Breach } from './breach.ts';
import { type Judged, judgeRound } from './judge-round.ts';
import { makeRandom } from './make-random.ts';
import { noteLoads } from './note-loads.ts';
import { ENDPOINT_SECRET, type Stage, TOKEN } from './open-stage.ts';
import { makeActs } from './record.ts';
import { setUp } from './set-up.ts';
import { hurryRetries, settle } from './settle.ts';
import { revive, supervise } from './strikes/server-strikes.ts';
import { type Hearing, strikeOn } from './strikes/strike-on.ts';
import { elapsed, type Round } from './world.ts';

export interface RoundOptions {
  seed: number;
  /** How long the storm lasts, in milliseconds. */
  ms: number;
  prefix: string;
  /** Aborted: it ends, and nothing is judged. */
  stop: AbortSignal;
  onStruck(name: string): void;
  onAct(what: string): void;
  onPhase(phase: Phase): void;
}

/** What a round is doing. */
export type Phase = 'starting' | 'storm' | 'serving' | 'ending' | 'telling' | 'judging';

export interface RoundResult extends Judged {
  /** How long nobody served those who waited after the last fault, in milliseconds. */
  servedMs: number;
}

const GIVEN = 8;
const OFFERED = 4;
const LOST_ANSWERS = 0.06;
const LOST_WEBHOOKS = 0.05;
/**
 * A server that dies while it looks for lost webhooks keeps the turn for ten seconds (housekeeping/poll-channels), and
 * the next look comes ten seconds later: too long after a short storm.
 */
const SHORT_MS = 30_000;
/** What is not answered so long after the storm never is. */
const PATIENCE_MS = 12_000;
/** A server whose database was away may end up to so long after. */
const EXCUSED_MS = 45_000;

/** null: it was stopped. */
export async function runRound(stage: Stage, options: RoundOptions): Promise<RoundResult | null> {
  const calmAt = { ms: Number.POSITIVE_INFINITY };
  const opened = await openRound(stage, options, calmAt);
  const { round } = opened;
  let isOver = false;
  const hurrying = hurryRetries(round, () => isOver);
  const breaches: Breach[] = [];
  try {
    options.onPhase('storm');
    calmAt.ms = elapsed() + options.ms;
    await rage(opened, options, breaches);
    if (options.stop.aborted) return null;
    misbehave(round, false);
    calmAt.ms = elapsed();
    const settled = await settle(round, round.random(), options.onPhase);
    options.onPhase('judging');
    const { breaches: found, checked } = await judgeRound(stage.database, round);
    const servers = breaches.length + round.nodes.length;
    return {
      breaches: [...breaches, ...settled.breaches, ...found],
      checked: { ...checked, servers },
      servedMs: settled.servedMs,
    };
  } finally {
    isOver = true;
    await hurrying;
  }
}

async function openRound(
  { database, nodes, receivers, qiscus, record }: Stage,
  options: RoundOptions,
  calmAt: { ms: number },
): Promise<Opened> {
  options.onPhase('starting');
  record.acts = makeActs();
  record.endpointIds = [];
  qiscus.forget();
  await Promise.all(nodes.map(revive));
  await noteLoads(database);
  let streams = 0;
  let numbers = 0;
  const isCalm = () => options.stop.aborted || elapsed() >= calmAt.ms;
  const asking: Round['asking'] = (random) => ({
    ...{ nodes: nodes.map(({ node }) => node), random, token: TOKEN },
    lostAnswers: isCalm() ? 0 : LOST_ANSWERS,
    isOver: () => options.stop.aborted || elapsed() >= calmAt.ms + PATIENCE_MS,
  });
  const random = () => makeRandom(options.seed, ++streams);
  const receiverUrls = receivers.map(({ line }) => `http://127.0.0.1:${line.port}/hook`);
  const setting = { ...asking(random()), lostAnswers: 0 };
  const company = await setUp(setting, { receiverUrls, secret: ENDPOINT_SECRET });
  record.endpointIds = company.endpointIds;
  const { blur, blurredAt } = makeBlur(options);
  const round: Round = {
    ...{ prefix: options.prefix, acts: record.acts, company, qiscus, database, nodes, receivers },
    ...{ random, asking, isCalm, count: options.onAct },
    ask: (own, question) => {
      options.onAct('requests');
      return ask(asking(own), question);
    },
    ...{ next: () => ++numbers, blurredAt },
    lostWebhooks: options.ms < SHORT_MS ? 0 : LOST_WEBHOOKS,
  };
  return { round, blur };
}

interface Opened {
  round: Round;
  blur: Hearing;
}

/** Counts what strikes, and knows when a fault last lasted that can cut off a commit. */
function makeBlur({ onStruck }: RoundOptions): { blur: Hearing; blurredAt: () => number } {
  let lasting = 0;
  let endedAt = elapsed();
  return {
    blurredAt: () => (lasting > 0 ? elapsed() : endedAt),
    blur: {
      onBegun: ({ name, blurs }) => {
        onStruck(name);
        if (blurs) lasting += 1;
      },
      onEnded: ({ blurs }) => {
        if (!blurs) return;
        lasting -= 1;
        endedAt = elapsed();
      },
    },
  };
}

/** All at once, until it is calm and all that was begun has ended. */
async function rage(
  { round, blur }: Opened,
  options: RoundOptions,
  breaches: Breach[],
): Promise<void> {
  misbehave(round, true);
  const { random } = round;
  const endedByItself = ({ node }: Round['nodes'][number]) => {
    options.onAct('servers that ended by themselves');
    if (elapsed() - round.blurredAt() < EXCUSED_MS) return;
    breaches.push({
      ...{ promise: 'servers', subject: node.url, what: 'It ended by itself.' },
      story: node.output().trim().split('\n').slice(-10),
    });
  };
  await Promise.all([
    ...Array.from({ length: GIVEN }, () => converse(round, random(), false)),
    ...Array.from({ length: OFFERED }, () => converse(round, random(), true)),
    moveAgents(round, random()),
    bringRooms(round, random()),
    endRooms(round, random()),
    endRooms(round, random()),
    supervise(round, endedByItself),
    strikeOn(round, random(), blur),
  ]);
  await Promise.all(round.nodes.map(revive));
}

function misbehave({ qiscus, receivers }: Round, isBad: boolean): void {
  qiscus.misbehave(isBad);
  for (const { receiver } of receivers) receiver.misbehave(isBad);
}
