// Has something done with all that is selected, says for each what was refused, and offers to take it back.

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { BulkOutcome, Conversation } from '../../api/shapes.ts';
import { refreshLists } from '../../live/apply-hints.ts';
import { askAnew } from '../../live/ask-anew.ts';
import { readSelection, select } from '../../live/selection.ts';
import { toasts } from '../../ui/toasts.tsx';
import { problemText } from '../answers/problem-text.ts';
import { offerUndo } from '../verbs/offer-undo.tsx';
import { type BulkAction, type Changes, makeUndo } from './bulk-changes.ts';

export interface NotDone {
  id: string;
  name: string;
  outcome: BulkOutcome;
}

export function useBulk(rows: readonly Conversation[]) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [notDone, setNotDone] = useState<NotDone[]>([]);
  /** null: nobody answered, which has been said. */
  const send = async (changes: Changes): Promise<BulkOutcome[] | null> => {
    setBusy(true);
    try {
      const body = { changes };
      return (await ask(client.POST('/api/v1/conversations/bulk', { body }))).items;
    } catch (error) {
      toasts.show({ message: problemText(error), color: 'red', autoClose: 8000 });
      return null;
    } finally {
      setBusy(false);
      void refresh(queries);
    }
  };
  const isDone = ({ result }: BulkOutcome) => result === 'done';
  const run = async (action: BulkAction): Promise<void> => {
    const asked = [...rows];
    const outcomes = await send([{ ids: asked.map(({ id }) => id), action }]);
    if (outcomes === null) return;
    const done = asked.filter((_, nth) => outcomes[nth]?.result === 'done');
    const left = outcomes.filter((one) => !isDone(one));
    const nameOf = (id: string) => asked.find((row) => row.id === id)?.contact.displayName ?? '';
    setNotDone(left.map((outcome) => ({ id: outcome.id, name: nameOf(outcome.id), outcome })));
    // What is not done stays selected, so that something else can be tried.
    select(left.length === 0 ? null : new Set(left.map(({ id }) => id)));
    const undo = makeUndo(done, action);
    if (undo.length === 0) return say(t('bulk.done', { number: done.length }));
    offerUndo({
      text: t('bulk.done', { number: done.length }),
      label: t('common.undo'),
      undo: () => void takeBack(undo),
    });
  };
  const takeBack = async (changes: Changes): Promise<void> => {
    const outcomes = await send(changes);
    if (outcomes === null) return;
    const number = outcomes.filter(isDone).length;
    say(t('bulk.undone', { number }));
    const refused = outcomes.length - number;
    if (refused > 0) say(t('bulk.refused', { number: refused }), 'red');
  };
  return { run, busy, notDone, forget: () => setNotDone([]) };
}

function say(message: string, color?: string): void {
  toasts.show({ message, autoClose: 8000, ...(color !== undefined && { color }) });
}

async function refresh(queries: ReturnType<typeof useQueryClient>): Promise<void> {
  const keys = ['counts', 'queue', 'agents', 'conversation', 'events', 'decisions'];
  await Promise.all([
    refreshLists(queries),
    ...keys.map((key) => askAnew(queries, { queryKey: [key] })),
  ]);
  // What is no longer listed is no longer selected.
  if (readSelection()?.size === 0) select(null);
}
