import { expect, test } from 'vitest';
import type { Reason } from '../contract/reasons.ts';
import { wordReason } from './word-reason.ts';

const standing = { agentId: 'a', agentName: 'Ana', loadShare: 0.254, idleSeconds: 30 };
const asked = { code: 'may-be-asked-again', agentName: 'Ana', until: 'noon', others: 0 } as const;

test.each<[Reason, string]>([
  [
    { code: 'chosen', ...standing, strategy: 'least-loaded' },
    'Ana was chosen by the strategy least-loaded: 25 % of capacity in use, idle for 30 s.',
  ],
  [
    { code: 'considered', considered: 1, eligible: 1, removed: {} },
    '1 agent was considered, 1 could take it.',
  ],
  [
    {
      ...{ code: 'considered', considered: 28, eligible: 0 },
      removed: {
        availability: 1,
        lease: 2,
        channel: 3,
        team: 4,
        skills: 5,
        excluded: 6,
        capacity: 7,
      },
    },
    '28 agents were considered, 0 could take it (1 not online, 2 not heard of for too long, 3 not serving this channel, 4 not in the team, 5 without the skills, 6 who could not take it before, 7 with no room left).',
  ],
  [
    { code: 'due', target: 'firstAnswer', dueAt: 'noon', standing: 'ahead', byDue: false },
    'Its first answer is due at noon.',
  ],
  [
    { code: 'due', target: 'nextAnswer', dueAt: 'noon', standing: 'soon', byDue: true },
    'Its next answer is due soon, at noon. That moment is its place in line.',
  ],
  [
    { code: 'due', target: 'end', dueAt: 'noon', standing: 'overdue', byDue: false },
    'Its end was due at noon.',
  ],
  [
    { code: 'silent', of: 'agent', since: 'noon', noticedAt: null, dueAt: null },
    'The contact has waited for the agent’s answer since noon.',
  ],
  [
    { code: 'silent', of: 'agent', since: 'noon', noticedAt: 'one', dueAt: 'two' },
    'The contact has waited for the agent’s answer since noon; supervisors were told at one; it goes back to the queue at two.',
  ],
  [
    { code: 'silent', of: 'contact', since: 'noon', noticedAt: 'one', dueAt: 'two' },
    'The contact has not written since noon; the contact was reminded at one; it ends at two.',
  ],
  [
    { code: 'silent', of: 'contact', since: 'noon', noticedAt: null, dueAt: null },
    'The contact has not written since noon.',
  ],
  [
    { code: 'runner-up', ...standing, decidedBy: 'load-share' },
    'Runner-up: Ana (25 % in use, idle for 30 s); the runner-up had more of their capacity in use.',
  ],
  [
    { code: 'runner-up', ...standing, decidedBy: 'idle' },
    'Runner-up: Ana (25 % in use, idle for 30 s); the runner-up had been idle for less long.',
  ],
  [
    { code: 'runner-up', ...standing, decidedBy: 'turn' },
    'Runner-up: Ana (25 % in use, idle for 30 s); it was their turn in the round.',
  ],
  [
    { code: 'runner-up', ...standing, decidedBy: 'id' },
    'Runner-up: Ana (25 % in use, idle for 30 s); all else being equal, the lower id goes first.',
  ],
  [
    { code: 'no-runner-up', decidedBy: 'only-candidate' },
    'Decided because nobody else could have taken it.',
  ],
  [
    { code: 'given', agentName: 'Ana', by: 'agent:b', forced: false },
    'Ana was given it by agent:b.',
  ],
  [
    { code: 'given', agentName: 'Ana', by: 'agent:b', forced: true },
    'Ana was given it by agent:b, beyond the capacity.',
  ],
  [
    { code: 'taken-outside', agentName: 'Ana', forced: false },
    'Ana took it outside, in the connected system.',
  ],
  [
    { code: 'taken-outside', agentName: 'Ana', forced: true },
    'Ana took it outside, in the connected system, beyond the capacity.',
  ],
  [
    { code: 'chosen-there', agentName: 'Ana', department: 'Billing', forced: true },
    'Ana got it from the department Billing, whose own routing outside chose them, beyond the capacity.',
  ],
  [
    {
      ...{ code: 'handed-over', channelName: 'Chat', department: 'Billing' },
      ...{ until: '2026-01-01T00:00:00Z', alone: true },
    },
    'It is handed over to the department Billing of Chat, whose own routing chooses the agent; from 2026-01-01T00:00:00Z on Usher may as well.',
  ],
  [
    { code: 'handed-over', channelName: 'Chat', department: 'Billing', until: null, alone: true },
    'It is handed over to the department Billing of Chat, whose own routing chooses the agent.',
  ],
  [
    { code: 'handed-over', channelName: 'Chat', department: 'Billing', until: null, alone: false },
    'It is handed over to the department Billing of Chat; nobody there took it in time, so Usher may give it to somebody too.',
  ],
  [
    { code: 'handover-trouble', channelName: 'Chat', text: 'it is down' },
    'Chat does not take it at present, and is asked again: it is down.',
  ],
  [
    { code: 'offered', agentName: 'Ana', until: '2026-10-17T10:00:20.000Z' },
    'It is offered to Ana, who may accept it until 2026-10-17T10:00:20.000Z.',
  ],
  [
    { code: 'parked', agentName: 'Ana', by: 'agent:a1', since: '08:00', until: '09:00' },
    'It is parked with Ana since 08:00, by agent:a1; it comes back at 09:00, or when the contact writes.',
  ],
  [
    { code: 'parked', agentName: 'Ana', by: 'agent:a1', since: '08:00', until: null },
    'It is parked with Ana since 08:00, by agent:a1; it comes back when the contact writes.',
  ],
  [{ code: 'unconfirmed' }, 'The connected system has not confirmed the assignment yet.'],
  [
    { code: 'closed', agentName: null, closeReason: null },
    'It was closed without ever having had an agent (closed).',
  ],
  [{ code: 'closed', agentName: 'Ana', closeReason: 'spam' }, 'It was closed with Ana (spam).'],
  [
    { code: 'waits', seconds: 5, position: 2 },
    'It has waited for 5 s and stands at place 2 in the queue.',
  ],
  [
    { code: 'held', until: null, holdReason: 'recheck' },
    'It is held back until that is settled: the same room was closed a moment ago and is being looked up.',
  ],
  [
    { code: 'held', until: 'noon', holdReason: 'declined' },
    'It is held back until noon: its last assignment failed (declined).',
  ],
  [
    { code: 'next-pass' },
    'It will be given to somebody with the next routing pass, after those before it.',
  ],
  [
    { code: 'ends-one', agentName: 'Ana', held: 2, capacity: 3 },
    'It is released when Ana (2 of 3) ends a conversation, or when a capacity is raised.',
  ],
  [{ code: 'comes-online', agentName: 'Ana', others: 0 }, 'It is released when Ana comes online.'],
  [
    { code: 'comes-online', agentName: 'Ana', others: 1 },
    'It is released when Ana or one of 1 others comes online.',
  ],
  [
    { ...asked, cause: 'declined', others: 2 },
    'It is released when Ana or one of 2 others may be asked again, at noon or when they come back: they declined it.',
  ],
  [
    { code: 'lacks-skills', skills: ['Spanish', 'ads'] },
    'Nobody else who could take it has the skills it needs (Spanish, ads): give an agent the skill, or transfer it without.',
  ],
  [
    { code: 'nobody-could' },
    'Nobody could take it even if online and free: add an agent to its team or channel, or transfer it.',
  ],
])('%o is put into one sentence', (reason, sentence) => {
  expect(wordReason(reason)).toBe(sentence);
});

test.each([
  ['agent-unfit', 'Qiscus did not offer them for this room'],
  ['agent-refused', 'Qiscus refused them'],
  ['agent-unknown-to-qiscus', 'Qiscus did not know them'],
  ['not-answered', 'they had it and did not answer'],
  ['not-accepted', 'they did not accept it in time'],
  ['unknown', 'they could not take it before'],
  ['agent-unknown-there', 'the connected system did not know them'],
  ['refused-there', 'the connected system refused them'],
  ['returned-elsewhere', 'it was given back in the connected system'],
  ['a-cause-of-tomorrow', 'a-cause-of-tomorrow'],
])('whom %s excludes may be asked again, and the sentence says why not now', (cause, words) => {
  expect(wordReason({ ...asked, cause })).toBe(
    `It is released when Ana may be asked again, at noon or when they come back: ${words}.`,
  );
});
