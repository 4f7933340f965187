// After a sign-in: remembers the session, speaks the person's language, goes on.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { sessionQuery } from '../api/queries.ts';
import type { Session } from '../api/shapes.ts';
import { chooseLanguage } from '../i18n/languages.ts';
import { keepLanguage } from '../i18n/start-i18n.ts';

export function useEnter(): (session: Session, to: string) => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (session, to) => {
    queries.setQueryData(sessionQuery.queryKey, session);
    const { locale } = session.user;
    if (locale !== null) void keepLanguage(chooseLanguage([locale]));
    // Only a path of ours.
    void navigate({ to: /^\/(?![/\\])/.test(to) ? to : '/' });
  };
}
