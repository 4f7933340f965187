// Moves an automation among the others: those above act first.
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { automationsQuery } from '../../api/automation-queries.ts';
import { ask, client } from '../../api/client.ts';
import type { Automation } from '../../api/shapes.ts';
import { useSave } from '../answers/use-save.ts';

interface Moved {
  id: string;
  position: number;
}

export function useAutomationOrder(all: readonly Automation[]) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [said, setSaid] = useState('');
  const before = useRef<Promise<unknown>>(Promise.resolve());
  const save = useSave({
    // One after the other; what a failure leaves half done is read again, and can be moved on from there.
    send: (moved: readonly Moved[]) => {
      const sent = before.current.catch(() => {}).then(() => put(moved));
      before.current = sent;
      return sent.finally(() => void queries.invalidateQueries(automationsQuery));
    },
  });
  return {
    /** Of the last move, for whoever does not see it. */
    said,
    placeOf: ({ id }: Automation) => all.findIndex((one) => one.id === id),
    move: (automation: Automation, place: number) => {
      if (place < 0 || place >= all.length) return;
      const others = all.filter(({ id }) => id !== automation.id);
      const wanted = [...others.slice(0, place), automation, ...others.slice(place)];
      // Two of them, where one has been moved by one.
      const moved = wanted.flatMap(({ id, position }, nth) =>
        position === nth + 1 ? [] : [{ id, position: nth + 1 }],
      );
      void queries.cancelQueries(automationsQuery);
      queries.setQueryData(
        automationsQuery.queryKey,
        wanted.map((one, nth) => ({ ...one, position: nth + 1 })),
      );
      setSaid(t('sortable.moved', { name: automation.name, place: place + 1, count: all.length }));
      save.mutate(moved);
    },
  };
}

async function put(moved: readonly Moved[]): Promise<void> {
  for (const { id, position } of moved) {
    const params = { path: { id } };
    await ask(client.PATCH('/api/v1/automations/{id}', { params, body: { position } }));
  }
}
