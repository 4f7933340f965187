// Puts a draft of the policy in force, unless somebody else was faster, and offers to take that back.
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PolicyDocument } from '../../../src/contract/policy/document.ts';
import { ask, client } from '../../api/client.ts';
import { useSave } from '../answers/use-save.ts';
import { offerUndo } from '../verbs/offer-undo.tsx';
import { useDraft } from './use-draft.tsx';

interface Put {
  policy: PolicyDocument;
  /** In force when it was read. */
  ifVersion: number;
}

/** `onDone`: it is in force, and is the version that is given. */
function usePutPolicy(onDone: (version: number, put: Put) => void) {
  const queries = useQueryClient();
  const save = useSave({
    send: ({ policy, ifVersion }: Put) =>
      ask(
        client.PUT('/api/v1/policy', {
          params: { header: { 'if-match': `"${ifVersion}"` } },
          body: policy as never,
        }),
      ),
    touches: ['policy'],
    onDone: ({ version }, put) => onDone(version, put),
  });
  // A newer version is shown as soon as it is known of.
  const onError = () => void queries.invalidateQueries({ queryKey: ['policy'] });
  return { put: (one: Put) => save.mutate(one, { onError }), isPending: save.isPending };
}

export function usePutDraft() {
  const { t } = useTranslation();
  const { policy, base, begin } = useDraft();
  const takeBack = useRestoreVersion();
  const { put, isPending } = usePutPolicy((version, { policy: inForce, ifVersion }) => {
    begin({ version, policy: inForce });
    offerUndo({
      text: t('routing.isInForce', { version }),
      label: t('common.undo'),
      undo: () => takeBack.restore(ifVersion, version),
    });
  });
  return { putInForce: () => put({ policy, ifVersion: base.version }), isPending };
}

/** Makes a new version that says what an old one said. */
export function useRestoreVersion() {
  const { begin } = useDraft();
  const { put, isPending } = usePutPolicy((version, { policy }) => begin({ version, policy }));
  const read = useSave({
    send: async ({ version, ifVersion }: { version: number; ifVersion: number }) => {
      const params = { path: { version }, query: { names: true } };
      const { policy } = await ask(client.GET('/api/v1/policy/versions/{version}', { params }));
      return { policy: policy as PolicyDocument, ifVersion };
    },
    onDone: put,
  });
  return {
    restore: (version: number, ifVersion: number) => read.mutate({ version, ifVersion }),
    isPending: isPending || read.isPending,
  };
}
