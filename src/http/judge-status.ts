// Judges what was found about the server, the channels and the endpoints. Pure.
import {
  type Status,
  type StatusCode,
  type StatusItem,
  statusCodes,
  statusStates,
} from '../contract/status.ts';
import type { ChannelStatus, EndpointStatus } from '../store/status.ts';

export type BrokerState = 'embedded' | 'connected' | 'away';

export interface Found {
  now: Date;
  version: string;
  databaseVersion: string;
  /** How long the database took for the shortest question. */
  databaseMs: number;
  isDiskLow: boolean;
  broker: BrokerState;
  sendsMails: boolean;
  /** null: none was taken by the command. */
  backupAt: Date | null;
  overdue: { count: number; since: Date | null };
  channels: readonly ChannelStatus[];
  endpoints: readonly EndpointStatus[];
}

const SLOW_MS = 250;
const DAY_MS = 86_400_000;
const BACKUP_DAYS = 2;
/** Less is on its way. */
const WAITING_MS = 60_000;

type Rest = Partial<Omit<StatusItem, 'code' | 'state' | 'since'>> & { since?: Date | null };

function item(code: StatusCode, { since = null, ...rest }: Rest = {}): StatusItem {
  const state = statusCodes[code];
  const known = { id: null, name: null, count: null, detail: null };
  return { code, state, ...known, ...rest, since: since?.toISOString() ?? null };
}

export function judgeStatus(found: Found): Status {
  const { now, channels, endpoints } = found;
  const items = [
    ...judgeServer(found),
    ...worstFirst(channels.map(judgeChannel)),
    ...worstFirst(endpoints.map((endpoint) => judgeEndpoint(endpoint, now))),
  ];
  const worst = Math.max(...items.map(({ state }) => statusStates.indexOf(state)));
  return { state: statusStates[worst] ?? 'well', at: now.toISOString(), items };
}

function worstFirst(items: readonly StatusItem[]): StatusItem[] {
  const rank = ({ state }: StatusItem) => statusStates.indexOf(state);
  return items.toSorted((a, b) => rank(b) - rank(a));
}

function judgeServer(found: Found): StatusItem[] {
  const { databaseMs, databaseVersion, overdue } = found;
  const slow = databaseMs > SLOW_MS;
  return [
    item(slow ? 'database.slow' : 'database.well', {
      detail: `PostgreSQL ${databaseVersion}`,
      count: Math.round(databaseMs),
    }),
    overdue.count > 0 ? item('deliveries.waiting', overdue) : item('deliveries.well'),
    item(found.isDiskLow ? 'files.no-room' : 'files.well'),
    item(`broker.${found.broker}`),
    judgeBackup(found),
    item(found.sendsMails ? 'mail.well' : 'mail.none'),
    item('version.known', { detail: found.version }),
  ];
}

function judgeBackup({ backupAt, now }: Found): StatusItem {
  if (backupAt === null) return item('backup.none');
  const isOld = now.getTime() - backupAt.getTime() > BACKUP_DAYS * DAY_MS;
  return item(isOld ? 'backup.old' : 'backup.well', { since: backupAt });
}

function judgeChannel(channel: ChannelStatus): StatusItem {
  const { channelId: id, name, came, cameLast: since } = channel;
  const seen = { id, name, count: came, since };
  if (channel.offAt !== null) return item('channel.off', { id, name, since: channel.offAt });
  if (channel.syncError !== null) {
    return item('channel.unreachable', { ...seen, detail: channel.syncError });
  }
  if (channel.refused > 0) {
    return item('channel.refusing', { ...seen, count: channel.refused, detail: channel.refusal });
  }
  return item(came === 0 ? 'channel.quiet' : 'channel.well', seen);
}

function judgeEndpoint(endpoint: EndpointStatus, now: Date): StatusItem {
  const { endpointId: id, url: name, waiting, waitingSince, outcome: detail } = endpoint;
  const named = { id, name };
  if (!endpoint.enabled) {
    const code = endpoint.disabledReason === 'paused' ? 'endpoint.paused' : 'endpoint.off';
    return item(code, { ...named, count: waiting, since: endpoint.lastSuccessAt, detail });
  }
  if (endpoint.failures > 0) {
    const { failures: count, failingSince: since } = endpoint;
    return item('endpoint.failing', { ...named, count, since, detail });
  }
  const waitsMs = waitingSince === null ? 0 : now.getTime() - waitingSince.getTime();
  if (waitsMs > WAITING_MS) {
    return item('endpoint.waiting', { ...named, count: waiting, since: waitingSince });
  }
  const { lastSuccessAt: since } = endpoint;
  return item(since === null ? 'endpoint.unused' : 'endpoint.well', {
    ...named,
    count: waiting,
    since,
  });
}
