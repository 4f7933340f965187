// What a replay came to, for people.
import type { Replay, ReplayCause, ReplayDifference, RulesCause } from '../contract/replays.ts';
import type { formatTable } from './print.ts';

const causes: Readonly<Record<ReplayCause, string>> = {
  'not-on-record': 'its pass is not on record: an older version made it, or it is forgotten',
  'agents-unknown': 'the record has not named all agents before it',
  'policy-gone': 'its policy is not kept',
  'another-agent': 'decided again, it goes to somebody else; nothing on record says why',
  nobody: 'decided again, it goes to nobody; nothing on record says why',
  'another-order': 'decided again, it comes at another turn; nothing on record says why',
  'another-reason': 'the same agent, for another reason; nothing on record says why',
  'another-rule': 'asked again on the same fields, another rule matches; nothing says why',
  'records-differ': 'the decision names another agent than the assignment: a record was changed',
};

export function sayReplay(replay: Replay, table: typeof formatTable): string[] {
  const { decided, reproduced, differing, unexplained, passes, byHand, servers } = replay;
  const share = decided === 0 ? '' : ` (${((reproduced / decided) * 100).toFixed(2)} %)`;
  const cut = replay.isWhole
    ? []
    : [`Time ran out: all of this is about the span until ${replay.until}.`];
  const left = [
    ...(replay.missed > 0
      ? [`${replay.missed} decided, but ended or taken at that very moment.`]
      : []),
    ...(replay.forgotten > 0 ? [`${replay.forgotten} decided, and deleted since.`] : []),
  ];
  return [
    `${decided} decisions in ${passes} passes: ${reproduced} come out again, same agent and same order${share}.`,
    ...(differing > 0
      ? [`${differing} do not; of these, ${unexplained} without an explanation.`]
      : []),
    ...left,
    ...sayStanding(replay.standing),
    ...sayRules(replay),
    ...cut,
    ...sayDifferences(replay.differences, table),
    ...sayMoves(replay, table),
    ...(byHand > 0 ? [] : ['Nothing was given by hand.']),
    ...sayServers(servers, table),
  ];
}

const rulesCauses: Readonly<Record<RulesCause, string>> = {
  'another-rule': 'match another rule',
  'fields-changed': 'are not as they were',
  'waited-again': 'have waited again since, or are deleted',
  'not-on-record': 'were asked by an older version, which noted nothing',
};

function sayRules({ rules: { asked, again, causes }, against }: Replay): string[] {
  if (asked === 0) return [];
  const named = Object.entries(rulesCauses) as [RulesCause, string][];
  const others = named.flatMap(([cause, words]) => {
    const count = causes[cause] ?? 0;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  const rest = others.length === 0 ? '' : ` Of the others, ${others.join(', ')}.`;
  return [
    `Of ${asked} the rules were asked about, ${again} match the same rule again.${rest}`,
    ...sayAgainst(against),
  ];
}

function sayAgainst(against: Replay['against']): string[] {
  if (against === null) return [];
  const { tried, elsewhere, unknown } = against;
  const left = unknown === 0 ? '' : ` Of ${unknown} that cannot be said.`;
  return [`The other policy would have sent ${elsewhere} of ${tried} elsewhere.${left}`];
}

function sayStanding({ asked, asPlanned, otherwise }: Replay['standing']): string[] {
  if (asked === 0) return [];
  const others = otherwise.length === 0 ? '' : ` Others: ${otherwise.join(', ')}.`;
  return [
    `${asPlanned} of ${asked} needed what their plan asks for at the step they had come to.${others}`,
  ];
}

function sayDifferences(differences: readonly ReplayDifference[], table: typeof formatTable) {
  if (differences.length === 0) return [];
  const rows = differences.map(({ at, conversationId, agent, replayed, cause }) => [
    ...[at, conversationId, agent.name, replayed?.name ?? null, causes[cause]],
  ]);
  return ['', ...table(['AT', 'CONVERSATION', 'GIVEN TO', 'AGAIN TO', 'WHY'], rows)];
}

function sayMoves({ moves, byHand }: Replay, table: typeof formatTable): string[] {
  if (moves.length === 0) return [];
  const rows = moves.map(({ at, conversationId, agent, by, forced }) => [
    ...[at, conversationId, agent.name, by, forced ? 'beyond the limits' : ''],
  ]);
  const title = `${byHand} were given by hand, which is no decision of the router:`;
  return ['', title, ...table(['AT', 'CONVERSATION', 'GIVEN TO', 'BY', ''], rows)];
}

/** Several: they took turns, or one began anew. */
function sayServers(servers: Replay['servers'], table: typeof formatTable): string[] {
  if (servers.length < 2) return [];
  const rows = servers.map(({ node, from, until, passes }) => [node, from, until, passes]);
  return ['', ...table(['SERVER', 'FROM', 'UNTIL', 'PASSES'], rows)];
}
