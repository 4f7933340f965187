// Gives a conversation to another agent or team, or to whoever has a skill; shows who has room.
import { Alert, Button, Group } from '@mantine/core';
import { IconCheck, IconStar, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agentsQuery, skillsQuery, teamsQuery } from '../../api/queries.ts';
import type { Agent, Conversation, Skill, Group as Team } from '../../api/shapes.ts';
import classes from '../../ui/choices.module.css';
import { Dialog } from '../../ui/dialog.tsx';
import { ListboxField } from '../../ui/listbox-field.tsx';
import { LoadBar } from '../../ui/load-bar.tsx';
import { Dot } from '../../ui/pill.tsx';
import { useListbox } from '../../ui/use-listbox.ts';
import { AgentFace } from '../faces/agent-face.tsx';
import { availabilityTones } from '../faces/availability-tones.ts';
import { useCan, useSession } from '../session/use-session.ts';
import { isAbsent } from './is-absent.ts';
import { isFull } from './use-run-verb.ts';
import type { useVerbs } from './use-verbs.ts';
import type { Verb } from './verbs.ts';

const order = { online: 0, away: 1, offline: 2 };

export function TransferDialog(props: {
  conversation: Conversation;
  verbs: Pick<ReturnType<typeof useVerbs>, 'run'>;
  onClose(): void;
}) {
  const { conversation, verbs, onClose } = props;
  const { t } = useTranslation();
  const can = useCan();
  const { user } = useSession();
  const [typed, setTyped] = useState('');
  const [doubt, setDoubt] = useState<{ agent: Agent; about: 'full' | 'absent' } | null>(null);
  const { people, groups, abilities } = useReceivers(conversation, typed);
  const go = async (verb: Verb) => {
    await verbs.run(verb);
    onClose();
  };
  const give = (agent: Agent, force = false) => {
    const name = conversation.state === 'assigned' ? ('transfer' as const) : ('assign' as const);
    go({ name, agentId: agent.id, ...(force ? { force } : {}) }).catch((error: unknown) => {
      if (isFull(error)) setDoubt({ agent, about: 'full' });
    });
  };
  const choose = (agent: Agent) =>
    isAbsent(agent, user.agentId) ? setDoubt({ agent, about: 'absent' }) : give(agent);
  const listbox = useListbox<Agent | Team | Skill>({
    label: t('transfer.title'),
    typed,
    items: [...people, ...groups, ...abilities],
    onChoose: (chosen) => {
      if ('effectiveCapacity' in chosen) return choose(chosen);
      const { id } = chosen;
      const skillIds = toggle(conversation.skillIds, id);
      const isSkill = abilities.includes(chosen);
      go(isSkill ? { name: 'askSkills', skillIds } : { name: 'transferToTeam', teamId: id }).catch(
        () => {},
      );
    },
  });
  return (
    <Dialog opened onClose={onClose} title={t('transfer.title')} padding="md">
      <ListboxField {...{ listbox, typed }} onType={setTyped} label={t('transfer.search')} />
      {doubt !== null && (
        <Doubt
          {...doubt}
          onGive={() => give(doubt.agent, doubt.about === 'full')}
          mayGive={doubt.about === 'absent' || can('conversations.force')}
        />
      )}
      <div {...listbox.list} className={classes.choices}>
        {people.length > 0 && (
          <Choices label={t('transfer.agents')}>
            {people.map((agent) => (
              <div key={agent.id} {...listbox.option(agent)} className={classes.choice}>
                <AgentChoice agent={agent} />
              </div>
            ))}
          </Choices>
        )}
        {groups.length > 0 && (
          <Choices label={t('transfer.teams')}>
            {groups.map((team) => (
              <div key={team.id} {...listbox.option(team)} className={classes.choice}>
                <IconUsers size={18} />
                <span className={classes.choiceName}>{team.name}</span>
              </div>
            ))}
          </Choices>
        )}
        {abilities.length > 0 && (
          <Choices label={t('transfer.skills')}>
            {abilities.map((skill) => (
              <div key={skill.id} {...listbox.option(skill)} className={classes.choice}>
                <SkillChoice skill={skill} isNeeded={conversation.skillIds.includes(skill.id)} />
              </div>
            ))}
          </Choices>
        )}
      </div>
      {people.length + groups.length + abilities.length === 0 && (
        <div className={classes.label} role="status">
          {t('nav.nothingFound')}
        </div>
      )}
    </Dialog>
  );
}

/** Whoever may get it: the agents who are there and have the most room come first. */
function useReceivers(conversation: Conversation, typed: string) {
  const agents = useQuery(agentsQuery).data ?? [];
  const teams = useQuery(teamsQuery).data ?? [];
  const skills = useQuery(skillsQuery).data ?? [];
  const wanted = typed.trim().toLowerCase();
  const fits = ({ name }: { name: string }) => name.toLowerCase().includes(wanted);
  return {
    people: agents
      .filter((agent) => agent.id !== conversation.agentId && fits(agent))
      .sort((a, b) => order[a.availability] - order[b.availability] || share(a) - share(b)),
    groups: teams.filter((team) => team.id !== conversation.teamId && fits(team)),
    abilities: skills.filter(fits),
  };
}

function AgentChoice({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const { user } = useSession();
  return (
    <>
      <AgentFace name={agent.name} size={28} />
      <span className={classes.choiceName}>
        <span className="cut">
          {agent.name} {agent.id === user.agentId && `(${t('conversation.you')})`}
        </span>
        <small>
          <Dot tone={availabilityTones[agent.availability]} size={7} />{' '}
          {t(`availability.${agent.availability}`)}
        </small>
      </span>
      <span className={classes.load}>
        <span className="numbers">
          {agent.load} / {agent.effectiveCapacity}
        </span>
        <LoadBar
          value={agent.load}
          most={agent.effectiveCapacity}
          width={64}
          label={t('live.loadOf', { name: agent.name })}
        />
      </span>
    </>
  );
}

function SkillChoice({ skill, isNeeded }: { skill: Skill; isNeeded: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      {isNeeded ? <IconCheck size={18} /> : <IconStar size={18} />}
      <span className={classes.choiceName}>
        <span className="cut">{skill.name}</span>
        {isNeeded && <small>{t('transfer.dropSkill')}</small>}
      </span>
    </>
  );
}

function Doubt(props: {
  agent: Agent;
  about: 'full' | 'absent';
  mayGive: boolean;
  onGive(): void;
}) {
  const { agent, about, mayGive, onGive } = props;
  const { t } = useTranslation();
  const { name, availability } = agent;
  return (
    <Alert
      color="yellow"
      variant="outline"
      mt="sm"
      title={
        about === 'full'
          ? t('transfer.full', { name })
          : t('transfer.absent', {
              name,
              availability: t(`availability.${availability}`).toLowerCase(),
            })
      }
    >
      {about === 'absent' && t('transfer.absentText')}
      {mayGive ? (
        <Group mt={4}>
          <Button size="compact-sm" variant="default" onClick={onGive}>
            {t('transfer.force')}
          </Button>
        </Group>
      ) : (
        t('transfer.fullText')
      )}
    </Alert>
  );
}

function toggle(ids: readonly string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
}

function share({ load, effectiveCapacity }: Agent): number {
  return effectiveCapacity === 0 ? 1 : load / effectiveCapacity;
}

function Choices({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="group" aria-label={label}>
      <div className={classes.label} aria-hidden>
        {label}
      </div>
      {children}
    </div>
  );
}
