// The same figures as a report's, by going through everything one by one in plain code.
import type { FigureRow, ReportGroup } from '../../src/store/report-facts.ts';
import type { ReportSpan } from '../../src/store/reports.ts';

export interface PastMessage {
  at: number;
  kind: 'text' | 'note';
  author: 'contact' | 'agent' | 'user' | 'system';
  authorId: string | null;
  history: boolean;
}

export interface PastConversation {
  queuedAt: number;
  closedAt: number | null;
  agentId: string | null;
  teamId: string | null;
  channelId: string;
  plan: string | null;
  /** Targets that were met or missed. */
  results: {
    kind: 'firstAnswer' | 'nextAnswer' | 'end';
    at: number;
    met: boolean;
    agentId: string | null;
    plan: string;
  }[];
  assignments: {
    agentId: string;
    at: number;
    endedAt: number | null;
    state: 'confirmed' | 'ended' | 'undone';
  }[];
  messages: PastMessage[];
  rating: { score: number; at: number } | null;
}

type Whose = Pick<PastConversation, 'agentId' | 'teamId' | 'channelId' | 'plan'>;

interface Tally {
  opened: number;
  assigned: number;
  closed: number;
  abandoned: number;
  messagesIn: number;
  messagesOut: number;
  firstAnswersMet: number;
  firstAnswersMissed: number;
  nextAnswersMet: number;
  nextAnswersMissed: number;
  endsMet: number;
  endsMissed: number;
  waits: number[];
  answers: number[];
  handled: number[];
  scores: number[];
}

export function reportSlowly(
  past: readonly PastConversation[],
  by: ReportGroup,
  span: ReportSpan,
): FigureRow[] {
  const tallies = new Map<string | null, Tally>([[null, blank()]]);
  const note = (at: number, whose: Whose, add: (tally: Tally) => void) => {
    if (at < span.from.getTime() || at >= span.to.getTime()) return;
    if (span.agentId !== null && whose.agentId !== span.agentId) return;
    if (span.teamId !== null && whose.teamId !== span.teamId) return;
    if (span.channelId !== null && whose.channelId !== span.channelId) return;
    const key = keyOf(at, whose, by, span.timeZone);
    const tally = tallies.get(key) ?? blank();
    tallies.set(key, tally);
    add(tally);
    add(tallies.get(null) as Tally);
  };
  for (const one of past) {
    noteConversation(one, note);
    noteAssignments(one, note);
    noteMessages(one, note);
    noteResults(one, note);
  }
  return [...tallies].map(([key, tally]) => toRow(key, tally));
}

type Note = (at: number, whose: Whose, add: (tally: Tally) => void) => void;

function noteConversation(one: PastConversation, note: Note): void {
  note(one.queuedAt, one, (tally) => {
    tally.opened += 1;
  });
  const given = one.assignments.some(({ state }) => state !== 'undone');
  if (one.closedAt !== null) {
    note(one.closedAt, one, (tally) => {
      tally.closed += 1;
      if (!given) tally.abandoned += 1;
    });
  }
  const { rating } = one;
  if (rating !== null) note(rating.at, one, (tally) => tally.scores.push(rating.score));
}

function noteAssignments(one: PastConversation, note: Note): void {
  const given = one.assignments.filter(({ state }) => state !== 'undone');
  given.forEach(({ agentId, at, endedAt, state }, place) => {
    note(at, { ...one, agentId }, (tally) => {
      tally.assigned += 1;
      if (place === 0) tally.waits.push((at - one.queuedAt) / 1000);
    });
    if (state === 'ended' && endedAt !== null) {
      note(endedAt, { ...one, agentId }, (tally) => tally.handled.push((endedAt - at) / 1000));
    }
  });
}

function noteMessages(one: PastConversation, note: Note): void {
  let answered = false;
  for (const { at, kind, author, authorId, history } of one.messages) {
    if (kind !== 'text' || history || author === 'system') continue;
    if (author === 'contact') {
      note(at, one, (tally) => {
        tally.messagesIn += 1;
      });
      continue;
    }
    const first = !answered;
    answered = true;
    note(at, { ...one, agentId: authorId }, (tally) => {
      tally.messagesOut += 1;
      if (first) tally.answers.push((at - one.queuedAt) / 1000);
    });
  }
}

function noteResults(one: PastConversation, note: Note): void {
  for (const { kind, at, met, agentId, plan } of one.results) {
    note(at, { ...one, agentId, plan }, (tally) => {
      tally[`${kind}s${met ? 'Met' : 'Missed'}`] += 1;
    });
  }
}

function keyOf(at: number, whose: Whose, by: ReportGroup, timeZone: string): string {
  if (by === 'agent') return whose.agentId ?? 'none';
  if (by === 'team') return whose.teamId ?? 'none';
  if (by === 'channel') return whose.channelId;
  if (by === 'plan') return whose.plan ?? 'none';
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  if (by === 'hour') return part('hour');
  return `${part('year')}-${part('month')}-${part('day')}`;
}

function toRow(key: string | null, tally: Tally): FigureRow {
  const { waits, answers, handled, scores, ...counts } = tally;
  const sum = scores.reduce((total, score) => total + score, 0);
  return {
    key,
    ...counts,
    waitSecondsP50: at(waits, 0.5),
    waitSecondsP90: at(waits, 0.9),
    firstAnswerSecondsP50: at(answers, 0.5),
    firstAnswerSecondsP90: at(answers, 0.9),
    handlingSecondsP50: at(handled, 0.5),
    handlingSecondsP90: at(handled, 0.9),
    ratingAverage: scores.length === 0 ? null : sum / scores.length,
    ratings: scores.length,
    waits: waits.length,
    firstAnswers: answers.length,
    handlings: handled.length,
  };
}

/** Between the two nearest, in proportion. */
function at(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((one, other) => one - other);
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? 0;
  return low + (place - Math.floor(place)) * (high - low);
}

function blank(): Tally {
  const counts = { opened: 0, assigned: 0, closed: 0, abandoned: 0, messagesIn: 0, messagesOut: 0 };
  const targets = {
    ...{ firstAnswersMet: 0, firstAnswersMissed: 0, nextAnswersMet: 0, nextAnswersMissed: 0 },
    ...{ endsMet: 0, endsMissed: 0 },
  };
  return { ...counts, ...targets, waits: [], answers: [], handled: [], scores: [] };
}
