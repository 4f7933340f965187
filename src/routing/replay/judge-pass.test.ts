import { expect, test } from 'vitest';
import type { RecordedPass, RecordedWaiting } from '../../contract/routing-record.ts';
import type { Assignment, Because } from '../types.ts';
import { type Given, judgePass } from './judge-pass.ts';

const because = (decidedBy: Because['decidedBy']): Because => ({
  strategy: 'least-loaded',
  ...{ considered: 2, removed: {}, eligible: 2, decidedBy, runnerUp: null },
  winner: { agentId: 'ana', loadShare: 0, idleSeconds: 1, place: { 'load-share': 1 } },
});

const waiting = (id: string, assignmentId: string | null): RecordedWaiting => ({
  ...{ conversationId: id, assignmentId, rankAt: 0, group: 0 },
  ...{ stickyAgentId: null, onlySticky: false },
});

const passOf = (queue: RecordedWaiting[]): RecordedPass => ({
  ...{ node: 'n', now: 0, policyVersion: 1, roundRobinAfter: null, whole: true },
  ...{ agents: [], gone: [], groups: [], waiting: queue },
});

const again = (conversationId: string, agentId: string): Assignment => ({
  ...{ conversationId, agentId, weight: 1, because: because('load-share') },
});

const given = (assignmentId: string, more: Partial<Given> = {}): Given => ({
  ...{ assignmentId, agentId: 'ana', decidedAgentId: 'ana' },
  // As the database gives it back: names in another order.
  because: Object.fromEntries(Object.entries(because('load-share')).reverse()),
  ...more,
});

function judge(queue: RecordedWaiting[], rows: Given[], assignments: Assignment[]) {
  const byId = new Map(rows.map((row) => [row.assignmentId, row]));
  const judged = judgePass(passOf(queue), {
    replayed: { assignments, problem: null },
    given: byId,
  });
  return judged.map(({ assignmentId, cause }) => [assignmentId, cause]);
}

test('the same agent in the same order for the same reason is reproduced', () => {
  const queue = [waiting('a', '1'), waiting('b', null), waiting('c', '2')];
  const decided = [again('a', 'ana'), again('c', 'ana')];
  expect(judge(queue, [given('1'), given('2')], decided)).toEqual([
    ['1', null],
    ['2', null],
  ]);
});

test('another agent, nobody, another turn and another reason are told apart', () => {
  const queue = [waiting('a', '1'), waiting('b', '2'), waiting('c', '3')];
  const rows = [given('1', { agentId: 'budi', decidedAgentId: 'budi' }), given('2'), given('3')];
  expect(judge(queue, rows, [again('a', 'ana'), again('c', 'ana')])).toEqual([
    ['1', 'another-agent'],
    ['2', 'nobody'],
    ['3', 'another-order'],
  ]);
  const reason = given('1', { because: because('idle') });
  expect(judge([waiting('a', '1')], [reason], [again('a', 'ana')])).toEqual([
    ['1', 'another-reason'],
  ]);
  const moved = given('1', { agentId: 'budi' });
  expect(judge([waiting('a', '1')], [moved], [again('a', 'ana')])).toEqual([
    ['1', 'records-differ'],
  ]);
});

test('what was decided and never given is not judged', () => {
  expect(judge([waiting('a', '1')], [], [again('a', 'ana')])).toEqual([]);
});
