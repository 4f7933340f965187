// What can be done with the conversation that is shown; a closing can be taken back where the channel allows it.

import { useTranslation } from 'react-i18next';
import { canReopen } from '../../../src/contract/channel-kinds.ts';
import type { Conversation } from '../../api/shapes.ts';
import { toasts } from '../../ui/toasts.tsx';
import { problemText } from '../answers/problem-text.ts';
import { useSession } from '../session/use-session.ts';
import { keepUndo, offerUndo } from './offer-undo.tsx';
import { isFull, useRunVerb } from './use-run-verb.ts';
import type { Verb } from './verbs.ts';

export function useVerbs(conversation: Conversation) {
  const { user } = useSession();
  const { t } = useTranslation();
  const { mutateAsync, isPending } = useRunVerb();
  const run = async (verb: Verb): Promise<void> => {
    const { tags, priority } = conversation;
    const done = mutateAsync({ conversation, verb });
    // At once: whoever takes it back does not wait for the answer; the server hears of both in order.
    const keep = (back: Verb) => keepUndo(() => void done.then(() => start(back)).catch(() => {}));
    if (verb.name === 'tags') keep({ name: 'tags', tags });
    if (verb.name === 'priority') keep({ name: 'priority', priority });
    await done;
    if (verb.name === 'close' && canReopen(conversation.channelKind)) {
      offerUndo({
        text: t('close.done'),
        label: t('common.undo'),
        undo: () => start({ name: 'reopen' }),
      });
    }
  };
  /** What went wrong has been said already, but for a lack of room: `run` leaves that to be forced. */
  const start = (verb: Verb) =>
    void run(verb).catch((error: unknown) => {
      if (isFull(error)) toasts.show({ message: problemText(error), color: 'red' });
    });
  const take = () => {
    if (user.agentId !== null) start({ name: 'assign', agentId: user.agentId });
  };
  const takeOver = () => {
    if (user.agentId !== null) start({ name: 'takeOver', agentId: user.agentId });
  };
  /** Taken back by closing it for the same reason. */
  const reopen = () => {
    const undo = () =>
      start({ name: 'close', body: { reason: conversation.closeReason ?? 'closed' } });
    // The thread shows it, so nothing else is said.
    void run({ name: 'reopen' }).then(
      () => keepUndo(undo),
      () => {},
    );
  };
  return { run, start, reopen, take, takeOver, busy: isPending };
}
