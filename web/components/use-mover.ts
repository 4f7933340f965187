// Moves a conversation to an agent or back to the queue; what was full can be forced, what was done taken back.
import { useQueryClient } from '@tanstack/react-query';
import type { HTMLAttributes } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agentsQuery, conversationQuery } from '../api/queries.ts';
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
export interface Mover {
  dragged: Conversation | null;
  drag(conversation: Conversation | null): void;
  /** What makes an element a place to drop on. */
  target(place: Place): HTMLAttributes<HTMLElement> & { 'data-drop'?: boolean };
  move(conversation: Conversation, place: Place, force?: boolean): void;
  /** For a dialog that shows itself what was refused. */
  run(conversation: Conversation, verb: Verb): Promise<void>;
  full: Full | null;
  /** For whom a place is being chosen in the dialog. */
  chosen: Conversation | null;
  choose(conversation: Conversation): void;
  dismiss(): void;
}

export function useMover(): Mover {
  const queries = useQueryClient();
  const { t } = useTranslation();
  const { mutateAsync } = useRunVerb();
  const [dragged, drag] = useState<Conversation | null>(null);
  const [full, setFull] = useState<Full | null>(null);
  const [chosen, choose] = useState<Conversation | null>(null);
  const latest = (conversation: Conversation): Conversation =>
    queries.getQueryData(conversationQuery(conversation.id).queryKey) ?? conversation;

  const run = async (conversation: Conversation, verb: Verb, undoable = true): Promise<void> => {
    await mutateAsync({ conversation, verb });
    if (!undoable) return;
    const agents = queries.getQueryData(agentsQuery.queryKey);
    const agent =
      'agentId' in verb ? agents?.find(({ id }) => id === verb.agentId)?.name : undefined;
    const contact = nameOf(conversation);
    offerUndo({
      text:
        agent === undefined
          ? t('live.movedToQueue', { contact })
          : t('live.moved', { contact, agent }),
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
      if (isFull(error) && agentId !== null) setFull({ conversation: now, agentId });
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
      setFull(null);
      start(conversation, place, { force });
    },
    full,
    chosen,
    choose,
    dismiss: () => {
      setFull(null);
      choose(null);
    },
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
