// Moves a conversation to an agent or back to the queue; what was full can be forced, what was done taken back.
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { HTMLAttributes } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agentsQuery, conversationQuery, skillsQuery } from '../../api/queries.ts';
import type { Conversation } from '../../api/shapes.ts';
import { callContact } from '../naming/call-contact.ts';
import { useSession } from '../session/use-session.ts';
import { isAbsent } from './is-absent.ts';
import { offerUndo } from './offer-undo.tsx';
import { isFull, useRunVerb } from './use-run-verb.ts';
import type { Verb } from './verbs.ts';

/** Where a conversation can be put; null: the queue. */
export interface Destination {
  agentId: string | null;
}
/** Why it is not simply done: the agent has no room, or is not there. */
interface Doubt {
  conversation: Conversation;
  agentId: string;
  about: 'full' | 'absent';
}
/** What a dialog asks about. */
interface Asked {
  doubt: Doubt | null;
  /** For whom a destination is being chosen. */
  chosen: Conversation | null;
  /** Which goes back to the queue, with the skills that it may ask for there. */
  requeued: Conversation | null;
}
export interface Mover extends Asked {
  dragged: Conversation | null;
  drag(conversation: Conversation | null): void;
  /** What makes an element a destination to drop on. */
  target(destination: Destination): HTMLAttributes<HTMLElement> & { 'data-drop'?: boolean };
  /** In spite of it. */
  insist(doubt: Doubt): void;
  /** For a dialog that shows itself what was refused. */
  run(conversation: Conversation, verb: Verb): Promise<void>;
  choose(conversation: Conversation): void;
  /** Asks first, where there are skills. */
  requeue(conversation: Conversation): void;
  dismiss(): void;
}

const nothing: Asked = { doubt: null, chosen: null, requeued: null };

export function useMover(): Mover {
  const queries = useQueryClient();
  const { t } = useTranslation();
  const { user } = useSession();
  const { mutateAsync } = useRunVerb();
  const [dragged, drag] = useState<Conversation | null>(null);
  const [asked, setAsked] = useState(nothing);
  const skills = useQuery(skillsQuery).data;
  const run = async (conversation: Conversation, verb: Verb, undoable = true): Promise<void> => {
    await mutateAsync({ conversation, verb });
    if (!undoable) return;
    const agent = 'agentId' in verb ? findAgent(queries, verb.agentId)?.name : undefined;
    const contact = callContact(conversation.contact, t);
    offerUndo({
      text: agent ? t('live.moved', { contact, agent }) : t('live.movedToQueue', { contact }),
      label: t('common.undo'),
      undo: () => start(conversation, conversation, { undoable: false, sure: true }),
    });
  };
  const start = (
    conversation: Conversation,
    { agentId }: Destination,
    { force = false, undoable = true, sure = false } = {},
  ): void => {
    const now = latestOf(queries, conversation);
    if (now.agentId === agentId) return;
    const doubt = (about: Doubt['about'], to: string) =>
      setAsked({ ...nothing, doubt: { conversation: now, agentId: to, about } });
    const agent = findAgent(queries, agentId);
    if (!sure && agent && isAbsent(agent, user.agentId)) {
      doubt('absent', agent.id);
      return;
    }
    run(now, verbFor(now, agentId, force), undoable).catch((error: unknown) => {
      if (isFull(error) && agentId !== null) doubt('full', agentId);
    });
  };
  return {
    dragged,
    drag,
    target: (destination) =>
      makeTarget({
        dragged,
        destination,
        drop: (conversation) => {
          drag(null);
          start(conversation, destination);
        },
      }),
    run,
    insist: ({ conversation, agentId, about }) => {
      setAsked(nothing);
      start(conversation, { agentId }, { sure: true, force: about === 'full' });
    },
    ...asked,
    choose: (chosen) => setAsked({ ...nothing, chosen }),
    requeue: (conversation) => {
      if (skills?.length === 0) start(conversation, { agentId: null });
      else setAsked({ ...nothing, requeued: latestOf(queries, conversation) });
    },
    dismiss: () => setAsked(nothing),
  };
}

const latestOf = (queries: QueryClient, conversation: Conversation): Conversation =>
  queries.getQueryData(conversationQuery(conversation.id).queryKey) ?? conversation;

const findAgent = (queries: QueryClient, agentId: string | null) =>
  queries.getQueryData(agentsQuery.queryKey)?.find(({ id }) => id === agentId);

function makeTarget(args: {
  dragged: Conversation | null;
  destination: Destination;
  drop(conversation: Conversation): void;
}): ReturnType<Mover['target']> {
  const { dragged, destination, drop } = args;
  if (dragged === null || dragged.agentId === destination.agentId) return {};
  return {
    'data-drop': true,
    onDragOver: (event) => event.preventDefault(),
    onDrop: (event) => {
      event.preventDefault();
      drop(dragged);
    },
  };
}

function verbFor({ agentId: holder }: Conversation, agentId: string | null, force: boolean): Verb {
  if (agentId === null) return { name: 'requeue' };
  return { name: holder === null ? 'assign' : 'transfer', agentId, ...(force && { force }) };
}
