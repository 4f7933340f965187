// How those who sign in look in a list: their name, their role, when they were last here.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Role, User } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Pill } from '../../ui/pill.tsx';
import { AgentFace } from '../faces/agent-face.tsx';
import { useSession } from '../session/use-session.ts';
import classes from './people.module.css';

const roles: Role[] = ['agent', 'supervisor', 'admin'];

export function UserName({ user: { name, email } }: { user: User }) {
  return (
    <span style={{ display: 'flex', alignItems: 'center', gap: 10, minWidth: 180 }}>
      <AgentFace name={name} size={30} />
      <span style={{ minWidth: 0, lineHeight: 1.35 }}>
        <span className="cut" style={{ display: 'block', fontWeight: 500 }}>
          {name}
        </span>
        <span className="cut" style={{ display: 'block', color: 'var(--soft)', fontSize: 12 }}>
          {email}
        </span>
      </span>
    </span>
  );
}

/** Nobody changes their own. */
export function UserRole(props: { user: User; onChange(role: Role): void }) {
  const { user, onChange } = props;
  const { t } = useTranslation();
  const { user: me } = useSession();
  return (
    <Select
      size="xs"
      w={130}
      aria-label={t('people.roleOf', { name: user.name })}
      disabled={user.id === me.id}
      data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
      value={user.role}
      onChange={(value) => value && onChange(value as Role)}
    />
  );
}

export function LastSignIn({ user }: { user: User }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (user.invited) return <Pill tone="warn">{t('people.invited')}</Pill>;
  return (
    <span className={classes.signIn}>
      <span>{user.lastSignInAt === null ? '–' : format.full(user.lastSignInAt)}</span>
      {user.secondFactor && <Pill tone="good">{t('people.twoSteps')}</Pill>}
      {user.singleSignOn && <Pill>{t('people.sso')}</Pill>}
    </span>
  );
}
