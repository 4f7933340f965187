// After a sign-in: remembers the session, speaks the person's language, goes on; or asks for the second step.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { sessionQuery } from '../../api/queries.ts';
import type { Session } from '../../api/shapes.ts';
import { chooseLanguage } from '../../i18n/languages.ts';
import { keepLanguage } from '../../i18n/start-i18n.ts';
import { paths } from '../../paths.ts';

export function useEnter(): (
  entered: Session | { secondFactor: 'code' | 'enrol' },
  to: string,
) => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (entered, to) => {
    if ('secondFactor' in entered) {
      void navigate({ to: paths.secondFactor, search: { to } as never });
      return;
    }
    queries.setQueryData(sessionQuery.queryKey, entered);
    const { locale } = entered.user;
    if (locale !== null) void keepLanguage(chooseLanguage([locale]));
    // Only a path of ours.
    void navigate({ to: /^\/(?![/\\])/.test(to) ? to : '/' });
  };
}
