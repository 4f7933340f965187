// Who signs in, with which rights; how much each holds, in which teams.
import { Button } from '@mantine/core';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agentsQuery, teamsQuery, usersQuery } from '../../api/queries.ts';
import type { Agent, User } from '../../api/shapes.ts';
import { UserSessions } from '../../components/account/user-sessions.tsx';
import { AgentForm } from '../../components/people/agent-form.tsx';
import { Bots } from '../../components/people/bots.tsx';
import { InviteForm, InviteLink } from '../../components/people/invite-form.tsx';
import { InviteList } from '../../components/people/invite-list.tsx';
import { OutsideAgents } from '../../components/people/outside-agents.tsx';
import { useUserVerbs } from '../../components/people/use-user-verbs.ts';
import { LastSignIn, UserName, UserRole } from '../../components/people/user-cells.tsx';
import { UserMenu } from '../../components/people/user-menu.tsx';
import { SettingsList } from '../../components/settings/settings-list.tsx';
import type { Column } from '../../ui/table.tsx';

interface Edited {
  agent: Agent;
  user: User | null;
}

export default function PeoplePage() {
  const { t } = useTranslation();
  const users = useQuery(usersQuery);
  const [inviting, setInviting] = useState(false);
  const [edited, setEdited] = useState<Edited | null>(null);
  const [watched, setWatched] = useState<User | null>(null);
  const [link, setLink] = useState<{ url: string; name: string; mailed: boolean } | null>(null);
  const [listing, setListing] = useState(false);
  const columns = useColumns({
    verbs: useUserVerbs(setLink),
    onEdit: setEdited,
    onSessions: setWatched,
  });
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
      more={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconUsers size={15} />}
          onClick={() => setListing(true)}
        >
          {t('inviteList.title')}
        </Button>
      }
    >
      <Bots />
      <OutsideAgents users={users.data} onEdit={(agent) => setEdited({ agent, user: null })} />
      {listing && <InviteList users={users.data ?? []} onClose={() => setListing(false)} />}
      {inviting && <InviteForm onClose={() => setInviting(false)} />}
      {edited && <AgentForm {...edited} onClose={() => setEdited(null)} />}
      {watched && <UserSessions user={watched} onClose={() => setWatched(null)} />}
      {link && <InviteLink {...link} onClose={() => setLink(null)} />}
    </SettingsList>
  );
}

function useColumns(means: {
  verbs: ReturnType<typeof useUserVerbs>;
  onEdit(edited: Edited): void;
  onSessions(user: User): void;
}): Column<User>[] {
  const { verbs, onEdit, onSessions } = means;
  const { t } = useTranslation();
  const agents = useQuery(agentsQuery).data;
  const teams = useQuery(teamsQuery).data ?? [];
  const agentOf = (user: User) => agents?.find(({ id }) => id === user.agentId);
  const teamsOf = (user: User) =>
    agentOf(user)?.teamIds.map((id) => teams.find((team) => team.id === id)?.name ?? '') ?? [];
  return [
    { head: t('form.name'), cell: (user) => <UserName user={user} /> },
    {
      head: t('people.role'),
      cell: (user) => <UserRole user={user} onChange={(role) => verbs.setRole(user.id, role)} />,
    },
    { head: t('teams.teams'), cell: (user) => teamsOf(user).join(t('common.comma')) || '–' },
    {
      head: t('agent.capacity'),
      right: true,
      cell: (user) => agentOf(user)?.effectiveCapacity ?? '–',
    },
    { head: t('people.lastSignIn'), right: true, cell: (user) => <LastSignIn user={user} /> },
    {
      head: '',
      right: true,
      cell: (user) => {
        const agent = agentOf(user);
        return (
          <UserMenu
            user={user}
            verbs={verbs}
            onEdit={agent ? () => onEdit({ agent, user }) : null}
            onSessions={() => onSessions(user)}
          />
        );
      },
    },
  ];
}
