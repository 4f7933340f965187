// Begins and ends the alarms of a workspace, and has each told once when it starts and once when it ends.
import { v7 as uuid } from 'uuid';
import { type AlarmRules, MISSED_MINUTES } from '../contract/alarms.ts';
import type { AlarmNews } from '../contract/mails.ts';
import {
  type AlarmRow,
  beginAlarms,
  endAlarms,
  type FoundTrouble,
  findTrouble,
  type HeldTrouble,
  listAlarms,
  noteCalm,
} from '../store/alarms.ts';
import { addOwnDelivery } from '../store/mails.ts';
import type { Tx } from '../store/tx.ts';
import { readRules } from './alarm-rules.ts';
import { type After, commit } from './commit.ts';
import type { Desk } from './context.ts';
import { addMail } from './send-mail.ts';

/** What comes back within this time was never over: nobody is told twice of what flickers. */
export const CALM_SECONDS = 60;
const MOST_OPEN = 500;

/** What is wrong with the server itself. */
export interface ServerTrouble {
  isDiskLow: boolean;
  /** There is a mail server. */
  mails: boolean;
}

/** true: an alarm began or ended. */
export async function followAlarms(
  desk: Desk,
  workspaceId: string,
  server: ServerTrouble,
): Promise<boolean> {
  const rules = await readRules(desk.db, workspaceId);
  const trouble = await findTrouble(desk.db, {
    ...{ workspaceId, missedMinutes: MISSED_MINUTES },
    ...rules,
  });
  const found: HeldTrouble[] = [
    ...trouble.map((one) => hold(one, rules)),
    ...(rules.diskLow && server.isDiskLow ? [{ kind: 'disk-low', objectId: null, facts: {} }] : []),
  ];
  const open = await listAlarms(desk.db, { workspaceId, onlyOpen: true, limit: MOST_OPEN });
  // The usual look writes nothing.
  if (found.length === 0 && open.length === 0) return false;
  return commit(desk, workspaceId, async (tx, after) => {
    const begun = await beginAlarms(tx, { workspaceId, found });
    await noteCalm(tx, { workspaceId, found });
    const ended = await endAlarms(tx, { workspaceId, calmSeconds: CALM_SECONDS });
    const news = [
      ...begun.map((row) => writeNews(row, 'started')),
      ...ended.map((row) => writeNews(row, 'ended')),
    ];
    for (const one of news) await tell(desk, after, { workspaceId, rules, server, news: one });
    return news.length > 0;
  });
}

function hold({ kind, objectId, objectName, count }: FoundTrouble, rules: AlarmRules): HeldTrouble {
  const name = kind === 'endpoint-failing' && objectName ? hostOf(objectName) : objectName;
  const named = name === null ? {} : { objectName: name };
  switch (kind) {
    case 'endpoint-failing':
      return { kind, objectId, facts: { ...named, failures: count } };
    case 'targets-missed':
      return { kind, objectId, facts: { missed: count, minutes: MISSED_MINUTES } };
    case 'deliveries-waiting':
      return { kind, objectId, facts: { waiting: count, minutes: rules.waitingMinutes ?? 0 } };
    default:
      return { kind, objectId, facts: named };
  }
}

/** The rest of an address may hold a secret. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

function writeNews(row: AlarmRow, phase: AlarmNews['phase']): AlarmNews {
  const { alarmId, kind, objectName, facts, startedAt, endedAt } = row;
  return {
    ...{ alarmId, phase, kind, objectName, facts },
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}

async function tell(
  desk: Desk,
  after: After<Tx>,
  args: { workspaceId: string; rules: AlarmRules; server: ServerTrouble; news: AlarmNews },
): Promise<void> {
  const { workspaceId, rules, server, news: alarm } = args;
  const to = server.mails ? rules.mailTo : [];
  for (const address of to) {
    const facts = { to: address, language: null, alarm };
    await addMail(desk, after, { workspaceId, kind: 'alarm', facts });
  }
  const ways = [...(rules.slack ? ['slack'] : []), ...(rules.webhookUrl ? ['webhook'] : [])];
  for (const way of ways) {
    const writing = after({ send: true });
    const type = `alarm:${way}`;
    await addOwnDelivery(writing, { workspaceId, deliveryKey: uuid(), type, payload: { alarm } });
  }
}
