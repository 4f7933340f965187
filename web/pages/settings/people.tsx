// Who signs in, with which rights; how much each holds, in which teams.
import { Select } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { agentsQuery, teamsQuery, usersQuery } from '../../api/queries.ts';
import type { Agent, Role, User } from '../../api/shapes.ts';
import { AgentFace } from '../../components/agent-face.tsx';
import { OutsideAgents } from '../../components/outside-agents.tsx';
import { RowMenu } from '../../components/row-menu.tsx';
import { SettingsList } from '../../components/settings-list.tsx';
import { useSave } from '../../components/use-save.ts';
import { useSession } from '../../components/use-session.ts';
import { UserSessions } from '../../components/user-sessions.tsx';
import { AgentForm } from '../../forms/agent-form.tsx';
import { InviteForm, InviteLink } from '../../forms/invite-form.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Pill } from '../../ui/pill.tsx';
import type { Column } from '../../ui/table.tsx';
import classes from './settings.module.css';

const at = (id: string) => ({ params: { path: { id } } });
const roles: Role[] = ['agent', 'supervisor', 'admin'];

export default function PeoplePage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { user: me } = useSession();
  const users = useQuery(usersQuery);
  const agents = useQuery(agentsQuery).data;
  const teams = useQuery(teamsQuery).data;
  const [inviting, setInviting] = useState(false);
  const [edited, setEdited] = useState<{ agent: Agent; user: User | null } | null>(null);
  const [watched, setWatched] = useState<User | null>(null);
  const [link, setLink] = useState<{ url: string; name: string } | null>(null);
  const agentOf = (user: User) => agents?.find(({ id }) => id === user.agentId);
  const change = useSave({
    send: ({ id, role }: { id: string; role: Role }) =>
      ask(client.PATCH('/api/v1/users/{id}', { ...at(id), body: { role } })),
    touches: ['users', 'agents'],
  });
  const remove = useSave({
    send: (id: string) => ask(client.DELETE('/api/v1/users/{id}', at(id))),
    touches: ['users', 'agents'],
  });
  const reset = useSave({
    send: (user: User) => ask(client.POST('/api/v1/users/{id}/reset', at(user.id))),
    onDone: ({ inviteUrl }, { name }) => setLink({ url: inviteUrl, name }),
  });
  const resetFactor = useSave({
    send: (id: string) => ask(client.DELETE('/api/v1/users/{id}/second-factor', at(id))),
    touches: ['users'],
  });
  const unlink = useSave({
    send: (id: string) => ask(client.DELETE('/api/v1/users/{id}/single-sign-on', at(id))),
    touches: ['users'],
  });
  const columns: Column<User>[] = [
    {
      head: t('form.name'),
      cell: ({ name, email }) => (
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
      ),
    },
    {
      head: t('people.role'),
      cell: ({ id, role, name }) => (
        <Select
          size="xs"
          w={130}
          aria-label={t('people.roleOf', { name })}
          disabled={id === me.id}
          data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
          value={role}
          onChange={(value) => value && change.mutate({ id, role: value as Role })}
        />
      ),
    },
    {
      head: t('teams.teams'),
      cell: (user) =>
        agentOf(user)
          ?.teamIds.map((id) => teams?.find((team) => team.id === id)?.name ?? '')
          .join(', ') || '–',
    },
    {
      head: t('agent.capacity'),
      right: true,
      cell: (user) => agentOf(user)?.effectiveCapacity ?? '–',
    },
    {
      head: t('people.lastSignIn'),
      right: true,
      cell: ({ invited, lastSignInAt, secondFactor, singleSignOn }) => {
        if (invited) return <Pill tone="warn">{t('people.invited')}</Pill>;
        return (
          <span className={classes.signIn}>
            <span>{lastSignInAt === null ? '–' : format.full(lastSignInAt)}</span>
            {secondFactor && <Pill tone="good">{t('people.twoSteps')}</Pill>}
            {singleSignOn && <Pill>{t('people.sso')}</Pill>}
          </span>
        );
      },
    },
    {
      head: '',
      right: true,
      cell: (user) => {
        const agent = agentOf(user);
        return (
          <RowMenu
            name={user.name}
            actions={[
              ...(agent
                ? [{ label: t('common.edit'), run: () => setEdited({ agent, user }) }]
                : []),
              {
                label: user.invited ? t('people.newLink') : t('people.reset'),
                run: () => reset.mutate(user),
              },
              { label: t('people.sessions'), run: () => setWatched(user) },
              ...(user.secondFactor
                ? [
                    {
                      label: t('people.resetFactor'),
                      confirm: t('people.resetFactorText', { name: user.name }),
                      run: () => resetFactor.mutate(user.id),
                    },
                  ]
                : []),
              ...(user.singleSignOn
                ? [
                    {
                      label: t('people.unlink'),
                      confirm: t('people.unlinkText', { name: user.name }),
                      run: () => unlink.mutate(user.id),
                    },
                  ]
                : []),
              ...(user.id === me.id
                ? []
                : [
                    {
                      label: t('common.remove'),
                      confirm: t('people.removeText', { name: user.name }),
                      run: () => remove.mutate(user.id),
                    },
                  ]),
            ]}
          />
        );
      },
    },
  ];
  return (
    <SettingsList
      title={t('settings.people')}
      text={t('people.text')}
      query={users}
      columns={columns}
      empty={{
        icon: <IconUserPlus size={20} />,
        title: t('live.noAgents'),
        text: t('people.text'),
      }}
      add={{
        label: t('people.invite'),
        icon: <IconUserPlus size={15} />,
        run: () => setInviting(true),
      }}
    >
      <OutsideAgents users={users.data} onEdit={(agent) => setEdited({ agent, user: null })} />
      {inviting && <InviteForm onClose={() => setInviting(false)} />}
      {edited && <AgentForm {...edited} onClose={() => setEdited(null)} />}
      {watched && <UserSessions user={watched} onClose={() => setWatched(null)} />}
      {link && <InviteLink {...link} onClose={() => setLink(null)} />}
    </SettingsList>
  );
}
