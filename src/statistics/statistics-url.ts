// Where the company's statistics of a customer are asked for (chimp-assist.md §7). Pure.

export type StatisticsWindow = '24h' | '7d' | 'all';

/** The other two exist only in the later form; they have no span of time. */
export type StatisticsSubject = 'statistics' | 'contactInfo' | 'additionalInfo';

const DAY_MS = 86_400_000;
const EVER = '19700101-00:00:00';

/** null: an id that no address can hold, or what that form does not have. */
export function statisticsUrl(asked: {
  /** Without /chimpassist. */
  base: string;
  style: 'default' | 'customer';
  customerId: string;
  subject: StatisticsSubject;
  window: StatisticsWindow;
  timeZone: string;
  now: Date;
  /** The agent who looks; only the later form sends it. */
  agentId: string | null;
}): string | null {
  const { base, style, customerId, subject, window, timeZone, now, agentId } = asked;
  // As a part of a path these two mean the parent folder.
  if (customerId === '.' || customerId === '..') return null;
  const id = encodeURIComponent(customerId);
  const days = window === '24h' ? 1 : 7;
  const start = window === 'all' ? EVER : stamp(new Date(now.getTime() - days * DAY_MS), timeZone);
  const span = `start_date_time=${start}&end_date_time=${stamp(now, timeZone)}`;
  const root = `${base.replace(/\/+$/, '')}/chimpassist`;
  if (style === 'default') {
    return subject === 'statistics' ? `${root}/${id}/statistics?${span}` : null;
  }
  const attendant = agentId === null ? [] : [`attendant=${agentId}`];
  const query = [...attendant, ...(subject === 'statistics' ? [span] : [])];
  return [`${root}/customer/${id}/${subject}`, query.join('&')].filter(Boolean).join('?');
}

/** YYYYMMDD-HH:MM:SS in the zone. */
function stamp(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const day = `${part('year')}${part('month')}${part('day')}`;
  return `${day}-${part('hour')}:${part('minute')}:${part('second')}`;
}
