// Moves a conversation to an agent or back to the queue; what was full can be forced, what was done taken back.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { HTMLAttributes } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agentsQuery, conversationQuery, skillsQuery } from '../api/queries.ts';
import type { Conversation } from '../api/shapes.ts';
import { nameOf } from './conversation-row.tsx';
import { offerUndo } from './offer-undo.tsx';
import { isFull, useRunVerb } from './use-run-verb.ts';
import type { Verb } from './verbs.ts';

/** Where a conversation can be put; null: the queue. */
export interface Place {
  agentId: string | null;
}
interface Full {
  conversation: Conversation;
  agentId: string;
}
/** What a dialog asks about. */
interface Asked {
  full: Full | null;
  /** For whom a place is being chosen. */
  chosen: Conversation | null;
  /** Which goes back to the queue, with the skills that it may ask for there. */
  requeued: Conversation | null;
}
export interface Mover extends Asked {
  dragged: Conversation | null;
  drag(conversation: Conversation | null): void;
  /** What makes an element a place to drop on. */
  target(place: Place): HTMLAttributes<HTMLElement> & { 'data-drop'?: boolean };
  move(conversation: Conversation, place: Place, force?: boolean): void;
  /** For a dialog that shows itself what was refused. */
  run(conversation: Conversation, verb: Verb): Promise<void>;
  choose(conversation: Conversation): void;
  /** Asks first, where there are skills. */
  requeue(conversation: Conversation): void;
  dismiss(): void;
}

const nothing: Asked = { full: null, chosen: null, requeued: null };

export function useMover(): Mover {
  const queries = useQueryClient();
  const { t } = useTranslation();
  const { mutateAsync } = useRunVerb();
  const [dragged, drag] = useState<Conversation | null>(null);
  const [asked, setAsked] = useState(nothing);
  const skills = useQuery(skillsQuery).data;
  const latest = (conversation: Conversation): Conversation =>
    queries.getQueryData(conversationQuery(conversation.id).queryKey) ?? conversation;

  const run = async (conversation: Conversation, verb: Verb, undoable = true): Promise<void> => {
    await mutateAsync({ conversation, verb });
    if (!undoable) return;
    const agents = queries.getQueryData(agentsQuery.queryKey);
    const agent =
      'agentId' in verb ? agents?.find(({ id }) => id === verb.agentId)?.name : undefined;
    const contact = nameOf(conversation);
    const text = agent ? t('live.moved', { contact, agent }) : t('live.movedToQueue', { contact });
    offerUndo({
      text,
      label: t('common.undo'),
      undo: () => start(conversation, { agentId: conversation.agentId }, { undoable: false }),
    });
  };
  const start = (
    conversation: Conversation,
    { agentId }: Place,
    { force = false, undoable = true } = {},
  ): void => {
    const now = latest(conversation);
    if (now.agentId === agentId) return;
    run(now, verbFor(now, agentId, force), undoable).catch((error: unknown) => {
      if (isFull(error) && agentId !== null)
        setAsked({ ...nothing, full: { conversation: now, agentId } });
    });
  };
  return {
    dragged,
    drag,
    target: (place) =>
      makeTarget({
        dragged,
        place,
        drop: (conversation) => {
          drag(null);
          start(conversation, place);
        },
      }),
    run,
    move: (conversation, place, force = false) => {
      setAsked(nothing);
      start(conversation, place, { force });
    },
    ...asked,
    choose: (chosen) => setAsked({ ...nothing, chosen }),
    requeue: (conversation) => {
      if (skills?.length === 0) start(conversation, { agentId: null });
      else setAsked({ ...nothing, requeued: latest(conversation) });
    },
    dismiss: () => setAsked(nothing),
  };
}

function makeTarget(args: {
  dragged: Conversation | null;
  place: Place;
  drop(conversation: Conversation): void;
}): ReturnType<Mover['target']> {
  const { dragged, place, drop } = args;
  if (dragged === null || dragged.agentId === place.agentId) return {};
  return {
    'data-drop': true,
    onDragOver: (event) => event.preventDefault(),
    onDrop: (event) => {
      event.preventDefault();
      drop(dragged);
    },
  };
}

function verbFor({ state }: Conversation, agentId: string | null, force: boolean): Verb {
  if (agentId === null) return { name: 'requeue' };
  return { name: state === 'assigned' ? 'transfer' : 'assign', agentId, ...(force && { force }) };
}
