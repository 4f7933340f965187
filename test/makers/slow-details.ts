// What lies behind a report, by going through everything one by one in plain code.
import type { ListedFigure } from '../../src/contract/report-details.ts';
import type { ReportSpan } from '../../src/store/reports.ts';
import type { PastConversation } from './slow-report.ts';

/** One thing that a report counts. */
export interface SlowFact {
  figure: ListedFigure;
  conversation: PastConversation;
  at: number;
  agentId: string | null;
  plan: string | null;
  seconds: number | null;
  score: number | null;
}

export function factsOf(past: readonly PastConversation[]): SlowFact[] {
  return past.flatMap((one) => [...ofItself(one), ...ofAssignments(one), ...ofMessages(one)]);
}

type Part = Pick<SlowFact, 'figure' | 'at'> & Partial<SlowFact>;
const factOf = (conversation: PastConversation, part: Part): SlowFact => ({
  conversation,
  agentId: conversation.agentId,
  plan: conversation.plan,
  seconds: null,
  score: null,
  ...part,
});

function ofItself(one: PastConversation): SlowFact[] {
  const { queuedAt, closedAt, rating } = one;
  const given = one.assignments.some(({ state }) => state !== 'undone');
  const parts: Part[] = [{ figure: 'opened', at: queuedAt }];
  if (closedAt !== null) parts.push({ figure: 'closed', at: closedAt });
  if (closedAt !== null && !given) parts.push({ figure: 'abandoned', at: closedAt });
  if (rating !== null) parts.push({ figure: 'ratings', at: rating.at, score: rating.score });
  for (const { kind, met, ...rest } of one.results) {
    parts.push({ figure: `${kind}s${met ? 'Met' : 'Missed'}`, ...rest });
  }
  return parts.map((part) => factOf(one, part));
}

function ofAssignments(one: PastConversation): SlowFact[] {
  const given = one.assignments.filter(({ state }) => state !== 'undone');
  return given.flatMap(({ agentId, at, endedAt, state }, nth) => {
    const parts: Part[] = [{ figure: 'assigned', at, agentId }];
    if (nth === 0)
      parts.push({ figure: 'waits', at, agentId, seconds: (at - one.queuedAt) / 1000 });
    if (state === 'ended' && endedAt !== null) {
      parts.push({ figure: 'handlings', at: endedAt, agentId, seconds: (endedAt - at) / 1000 });
    }
    return parts.map((part) => factOf(one, part));
  });
}

function ofMessages(one: PastConversation): SlowFact[] {
  const said = one.messages.filter(
    ({ kind, author, history }) => kind === 'text' && !history && author !== 'system',
  );
  const ours = said.filter(({ author }) => author !== 'contact');
  return said.flatMap((message) => {
    const { at, author, authorId: agentId } = message;
    if (author === 'contact') return [factOf(one, { figure: 'messagesIn', at })];
    const seconds = (at - one.queuedAt) / 1000;
    return [
      factOf(one, { figure: 'messagesOut', at, agentId }),
      ...(ours[0] === message
        ? [factOf(one, { figure: 'firstAnswers', at, agentId, seconds })]
        : []),
    ];
  });
}

/** Those that the filters of a report leave. */
export function within(facts: readonly SlowFact[], span: ReportSpan): SlowFact[] {
  const { from, to, agentId, teamId, channelId } = span;
  return facts.filter(
    ({ at, conversation, ...fact }) =>
      at >= from.getTime() &&
      at < to.getTime() &&
      (agentId === null || fact.agentId === agentId) &&
      (teamId === null || conversation.teamId === teamId) &&
      (channelId === null || conversation.channelId === channelId),
  );
}

/** What the clocks of a zone show. */
export function clockOf(
  at: number,
  timeZone: string,
): { day: string; weekday: number; hour: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    ...({ year: 'numeric', month: '2-digit', day: '2-digit', weekday: 'short' } as const),
    ...({ hour: '2-digit', hourCycle: 'h23' } as const),
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return {
    day: `${part('year')}-${part('month')}-${part('day')}`,
    weekday: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday')) + 1,
    hour: Number(part('hour')),
  };
}
