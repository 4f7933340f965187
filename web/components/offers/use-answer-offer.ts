// Accepts or declines what is offered; what is refused is said.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, client } from '../../api/client.ts';
import { conversationQuery, offersQuery } from '../../api/queries.ts';
import type { Offers } from '../../api/shapes.ts';
import { toasts } from '../../ui/toasts.tsx';
import { problemText } from '../answers/problem-text.ts';

export type Answer = { accepts: true } | { accepts: false; reason: string | null };

export function useAnswerOffer(conversationId: string, onAccepted = () => {}) {
  const queries = useQueryClient();
  const path = { params: { path: { id: conversationId } } };
  return useMutation({
    mutationFn: (answer: Answer) =>
      answer.accepts
        ? ask(client.POST('/api/v1/conversations/{id}/accept', path))
        : ask(
            client.POST('/api/v1/conversations/{id}/decline', {
              ...path,
              body: { reason: answer.reason },
            }),
          ),
    onSuccess: (conversation, { accepts }) => {
      queries.setQueryData(conversationQuery(conversationId).queryKey, conversation);
      queries.setQueryData<Offers>(offersQuery.queryKey, (offers) =>
        offers === undefined
          ? offers
          : {
              ...offers,
              items: offers.items.filter((one) => one.conversationId !== conversationId),
            },
      );
      if (accepts) onAccepted();
    },
    onError: (error) => {
      toasts.show({ message: problemText(error), color: 'red', autoClose: 8000 });
    },
    onSettled: () => {
      for (const key of ['offers', 'counts', 'queue', 'agents', 'conversations'])
        void queries.invalidateQueries({ queryKey: [key] });
      for (const key of ['conversation', 'decisions', 'events'])
        void queries.invalidateQueries({ queryKey: [key, conversationId] });
    },
  });
}
