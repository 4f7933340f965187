// A made-up event of each type, for an endpoint's test and for the reference of events.
import type { ConversationState } from '../contract/conversation-states.ts';
import type { EventType } from '../contract/event-types.ts';

const AGENT = '01935ad0-0000-7000-8000-00000000a001';
const CONTACT = '01935ad0-0000-7000-8000-00000000c001';
const CHANNEL = '01935ad0-0000-7000-8000-00000000d001';
const CONVERSATION = '01935ad0-0000-7000-8000-00000000e001';
const ASSIGNMENT = '01935ad0-0000-7000-8000-00000000b001';
const ENDPOINT = '01935ad0-0000-7000-8000-00000000f001';

const TARGET = {
  target: 'firstAnswer',
  since: '2026-01-31T08:00:00.123Z',
  dueAt: '2026-01-31T08:01:00.123Z',
  plan: 'Billing',
  agentId: null,
};

const SILENCE = {
  agentId: AGENT,
  plan: 'Billing',
  since: '2026-01-31T08:00:00.123Z',
  dueAt: '2026-01-31T08:10:00.123Z',
};

const AUTOMATED = {
  automationId: '01935ad0-0000-7000-8000-00000000f201',
  macroId: null,
  name: 'Refunds first',
  event: 'conversation.opened',
  by: 'automation:01935ad0-0000-7000-8000-00000000f201',
};

const dataOf: Record<EventType, Record<string, unknown>> = {
  'conversation.opened': {
    channelId: CHANNEL,
    externalId: 'room-1',
    contactId: CONTACT,
    priority: 'normal',
  },
  'conversation.assigned': {
    agentId: AGENT,
    assignmentId: ASSIGNMENT,
    by: 'router',
    forced: false,
  },
  'conversation.assignment-confirmed': {
    agentId: AGENT,
    assignmentId: ASSIGNMENT,
  },
  'conversation.offered': {
    agentId: AGENT,
    assignmentId: ASSIGNMENT,
    until: '2026-01-31T08:00:20.123Z',
  },
  'conversation.accepted': { agentId: AGENT, assignmentId: ASSIGNMENT, byAnswering: false },
  'conversation.declined': { agentId: AGENT, assignmentId: ASSIGNMENT, reason: 'At lunch' },
  'conversation.missed': { agentId: AGENT, assignmentId: ASSIGNMENT, inARow: 1 },
  'conversation.requeued': { agentId: AGENT, reason: 'agent went home', by: 'admin' },
  'conversation.handed-over': { toChannelId: CHANNEL, departmentId: 'dep1', department: 'Billing' },
  'conversation.left-by-bot': {
    agentId: AGENT,
    reason: 'needs-refund',
    text: 'The customer wants the money back.',
    fields: { order: 17 },
    by: `agent:${AGENT}`,
  },
  'conversation.transferred': {
    from: AGENT,
    toTeamId: CHANNEL,
    by: 'admin',
    agentId: AGENT,
    note: 'Asks for a refund.',
  },
  'conversation.taken-over': {
    from: AGENT,
    toAgentId: CHANNEL,
    by: `agent:${CHANNEL}`,
    note: null,
  },
  'conversation.given-back': {
    from: CHANNEL,
    toAgentId: AGENT,
    by: `agent:${CHANNEL}`,
    note: 'It is about the first order.',
  },
  'conversation.consult-requested': {
    agentId: CHANNEL,
    note: 'Is this covered?',
    by: `agent:${AGENT}`,
  },
  'conversation.consult-ended': { agentId: CHANNEL, reason: 'thanked', by: `agent:${AGENT}` },
  'conversation.whispered': {
    toAgentId: AGENT,
    messageId: '01935ad0-0000-7000-8000-000000009001',
    messageSeq: 4,
    by: `agent:${CHANNEL}`,
  },
  'conversation.parked': {
    agentId: AGENT,
    until: '2026-02-02T02:00:00.000Z',
    by: `agent:${AGENT}`,
  },
  'conversation.returned': {
    agentId: AGENT,
    cause: 'time',
    by: 'system',
    since: '2026-01-31T08:00:00.123Z',
    until: '2026-02-02T02:00:00.000Z',
  },
  'conversation.closed': { agentId: AGENT, reason: 'closed', note: 'Solved.', by: 'admin' },
  'conversation.rated': { score: 5, comment: 'Quick and kind.' },
  'conversation.transcript-requested': { email: 'customer@example.com' },
  'conversation.reopened': { agentId: AGENT, by: 'admin' },
  'conversation.updated': { tags: ['refund'], priority: 'high', by: 'admin' },
  'conversation.due-soon': TARGET,
  'conversation.overdue': TARGET,
  'conversation.unanswered': SILENCE,
  'conversation.reminded': SILENCE,
  'conversation.automated': { ...AUTOMATED, actions: ['add-tags', 'set-priority'] },
  'message.created': {
    messageId: '01935ad0-0000-7000-8000-000000009001',
    messageSeq: 1,
    kind: 'text',
    authorKind: 'contact',
    authorId: CONTACT,
    text: 'Good morning!',
    attachments: [],
    late: false,
  },
  'agent.availability-changed': { availability: 'online' },
  'agent.status-changed': {
    availability: 'away',
    statusId: '01935ad0-0000-7000-8000-00000000f101',
    status: 'Lunch',
    cause: 'chosen',
    by: `agent:${AGENT}`,
    reason: null,
    since: '2026-01-31T12:00:00.123Z',
  },
  'external-message.sent': { from: { id: AGENT, name: 'Ana' }, text: 'This is a test of Usher.' },
  'automation.called': AUTOMATED,
  'automation.disabled': {
    name: 'Refunds first',
    reason: 'failing',
    failures: 10,
    lastRefusal: 'plan.not-found',
  },
  'endpoint.disabled': { url: 'https://example.com/hook', reason: 'gone', failures: 1 },
};

/** The facts as the store keeps them, and the stream they belong to. */
export function sampleEvent(
  type: EventType,
  now: Date,
): { streamId: string; facts: Record<string, unknown> } {
  const at = now.toISOString();
  const facts = { event: type, seq: 1, at, data: dataOf[type], appCode: 'test' };
  if (type === 'external-message.sent') {
    return { streamId: CONTACT, facts: { ...facts, contact: sampleContact } };
  }
  if (/^conversation\.|^message\.created$|^automation\.called$/.test(type)) {
    return {
      streamId: CONVERSATION,
      facts: { ...facts, conversation: sampleConversation(type, at) },
    };
  }
  if (type === 'automation.disabled') return { streamId: AUTOMATED.automationId, facts };
  return { streamId: type === 'endpoint.disabled' ? ENDPOINT : AGENT, facts };
}

const sampleContact = {
  id: CONTACT,
  externalId: 'customer-1',
  anonymous: false,
  name: 'Sari',
  email: 'sari@example.com',
  phone: null,
  lang: 'en',
  groups: [],
  tags: [],
  attributes: {},
};

function stateAfter(type: EventType, waits: boolean): ConversationState {
  if (type === 'conversation.closed') return 'closed';
  if (type === 'conversation.parked') return 'parked';
  return waits ? 'waiting' : 'assigned';
}

function sampleConversation(type: EventType, at: string): Record<string, unknown> {
  const closed = type === 'conversation.closed';
  const waits = [
    'conversation.opened',
    'conversation.requeued',
    'conversation.handed-over',
    'conversation.left-by-bot',
    'conversation.reopened',
    'conversation.returned',
  ].includes(type);
  return {
    id: CONVERSATION,
    channelId: CHANNEL,
    externalId: 'room-1',
    contactId: CONTACT,
    contactGroups: [],
    state: stateAfter(type, waits),
    priority: 'normal',
    teamId: null,
    agentId: waits ? null : AGENT,
    queuedAt: at,
    assignedAt: waits ? null : at,
    closedAt: closed ? at : null,
    closeReason: closed ? 'closed' : null,
    closeNote: closed ? 'Solved.' : null,
    tags: [],
    categories: [],
    closeMeta: [],
    cameBack: null,
    previousAgentId: null,
    previousAssignedAt: null,
  };
}
