// Switches pushes on again after a sign-in, for a person who has chosen so in this browser.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ownPushQuery } from '../../api/queries.ts';
import { canPush, isGranted, subscribeHere } from '../../live/push-here.ts';
import { readPushWish } from '../../live/push-wish.ts';
import { useSession } from '../session/use-session.ts';

/** Once a visit. What fails stays off, and the profile offers it. */
export function PushAgain() {
  const { user } = useSession();
  const { i18n } = useTranslation();
  const queries = useQueryClient();
  const state = useQuery({ ...ownPushQuery, enabled: canPush() }).data;
  const looked = useRef(false);
  useEffect(() => {
    if (state === undefined || looked.current) return;
    looked.current = true;
    if (state.endpoint !== null || !isGranted() || readPushWish(user.id) !== 'always') return;
    const { publicKey } = state;
    void subscribeHere({ publicKey, language: i18n.language })
      .then(() => queries.invalidateQueries({ queryKey: ownPushQuery.queryKey }))
      .catch(() => undefined);
  }, [state, user.id, i18n.language, queries]);
  return null;
}
