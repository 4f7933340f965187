// What can be done with one who signs in, as a menu in their row.
import { useTranslation } from 'react-i18next';
import type { User } from '../../api/shapes.ts';
import { RowMenu } from '../../ui/row-menu.tsx';
import { useSession } from '../session/use-session.ts';
import type { useUserVerbs } from './use-user-verbs.ts';

export function UserMenu(props: {
  user: User;
  verbs: ReturnType<typeof useUserVerbs>;
  /** null: there is no agent to edit. */
  onEdit: (() => void) | null;
  onSessions(): void;
}) {
  const { user, verbs, onEdit, onSessions } = props;
  const { t } = useTranslation();
  const { user: me } = useSession();
  const { name } = user;
  const resetFactor = {
    label: t('people.resetFactor'),
    confirm: t('people.resetFactorText', { name }),
    run: () => verbs.resetFactor(user),
  };
  const unlink = {
    label: t('people.unlink'),
    confirm: t('people.unlinkText', { name }),
    run: () => verbs.unlink(user),
  };
  const remove = {
    label: t('common.remove'),
    confirm: t('people.removeText', { name }),
    run: () => verbs.remove(user),
  };
  return (
    <RowMenu
      name={name}
      actions={[
        ...(onEdit === null ? [] : [{ label: t('common.edit'), run: onEdit }]),
        {
          label: user.invited ? t('people.newLink') : t('people.reset'),
          run: () => verbs.reset(user),
        },
        { label: t('people.sessions'), run: onSessions },
        ...(user.secondFactor ? [resetFactor] : []),
        ...(user.singleSignOn ? [unlink] : []),
        ...(user.id === me.id ? [] : [remove]),
      ]}
    />
  );
}
