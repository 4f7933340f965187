// Parks a conversation and brings it back; each can be taken back.

import { useTranslation } from 'react-i18next';
import { serverNow } from '../../../browser/server-clock.ts';
import type { Conversation } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { toasts } from '../../ui/toasts.tsx';
import { problemText } from '../answers/problem-text.ts';
import { offerUndo } from './offer-undo.tsx';
import { refuseParkTime } from './park-times.ts';
import { isFull, useRunVerb } from './use-run-verb.ts';
import type { Verb } from './verbs.ts';

export interface Parker {
  /** null: until the contact writes. */
  park(conversation: Conversation, until: string | null): void;
  unpark(conversation: Conversation): void;
  busy: boolean;
}

export function usePark(): Parker {
  const { t } = useTranslation();
  const format = useFormat();
  const { mutateAsync, isPending } = useRunVerb();
  /** What was refused has been said, but for a lack of room. */
  const run = (conversation: Conversation, verb: Verb, done: () => void = () => {}) =>
    void mutateAsync({ conversation, verb }).then(done, (error: unknown) => {
      if (isFull(error)) toasts.show({ message: problemText(error), color: 'red' });
    });
  const offer = (text: string, undo: () => void) =>
    offerUndo({ text, label: t('common.undo'), undo });
  return {
    park: (conversation, until) =>
      run(conversation, { name: 'park', until }, () => {
        const time = until === null ? null : format.full(until);
        const text =
          time === null
            ? t('conversation.parkedUntilWritten')
            : t('conversation.parkedUntil', { time });
        offer(text, () => run(conversation, { name: 'unpark' }));
      }),
    unpark: (conversation) =>
      run(conversation, { name: 'unpark' }, () => {
        const until = conversation.parked?.until ?? null;
        const now = new Date(serverNow());
        // Its time has come meanwhile: there is nothing to take back.
        if (until !== null && refuseParkTime(new Date(until), now) !== null) return;
        offer(t('park.back'), () => run(conversation, { name: 'park', until }));
      }),
    busy: isPending,
  };
}
