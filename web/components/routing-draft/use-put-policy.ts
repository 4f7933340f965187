// Puts a policy in force, unless somebody else was faster, and offers to take that back.
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PolicyDocument } from '../../../src/contract/policy/document.ts';
import { ask, client } from '../../api/client.ts';
import { policyVersionQuery } from '../../api/policy-queries.ts';
import { useSave } from '../answers/use-save.ts';
import { offerUndo } from '../verbs/offer-undo.tsx';
import { useDraft } from './use-draft.tsx';

interface Put {
  policy: PolicyDocument;
  /** In force when it was read. */
  ifVersion: number;
}

export function usePutPolicy() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { policy, base, begin } = useDraft();
  const save = useSave({
    send: ({ policy: body, ifVersion }: Put) =>
      ask(
        client.PUT('/api/v1/policy', {
          params: { header: { 'if-match': `"${ifVersion}"` } },
          body: body as never,
        }),
      ),
    touches: ['policy'],
    onDone: ({ version }, put) => {
      begin({ version, policy: put.policy });
      offerUndo({
        text: t('routing.isInForce', { version }),
        label: t('common.undo'),
        undo: () => restore(put.ifVersion, version),
      });
    },
  });
  // A newer version is shown as soon as it is known of.
  const onError = () => void queries.invalidateQueries({ queryKey: ['policy'] });
  const put = (one: Put) => save.mutate(one, { onError });
  const read = useSave({
    send: async (asked: { version: number; ifVersion: number }) => {
      const { policy: old } = await queries.fetchQuery(policyVersionQuery(asked.version));
      return { policy: old, ifVersion: asked.ifVersion };
    },
    onDone: put,
  });
  /** Makes a new version that says what an old one said. */
  const restore = (version: number, ifVersion: number) => read.mutate({ version, ifVersion });
  return {
    putDraft: () => put({ policy, ifVersion: base.version }),
    restore,
    isPending: save.isPending || read.isPending,
  };
}
