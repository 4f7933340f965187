// Hands a conversation over to an agent, a team, whoever has a skill, or into a plan; shows who has room.
import { SegmentedControl } from '@mantine/core';
import { IconCheck, IconRoute, IconStar, IconUsers } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agent, Conversation } from '../../api/shapes.ts';
import classes from '../../ui/choices.module.css';
import { Dialog } from '../../ui/dialog.tsx';
import { ListboxField } from '../../ui/listbox-field.tsx';
import { type Listbox, useListbox } from '../../ui/use-listbox.ts';
import { Summarize } from '../assistance/summarize.tsx';
import { useCan, useSession } from '../session/use-session.ts';
import { AgentChoice } from './agent-choice.tsx';
import { isAbsent } from './is-absent.ts';
import { MAX_NOTE, NoteField, noteIn } from './note-field.tsx';
import { type Receiver, type ReceiverKind, useReceivers } from './receivers.ts';
import { TransferDoubt } from './transfer-doubt.tsx';
import { useMayAct } from './use-may-act.ts';
import { isFull } from './use-run-verb.ts';
import type { useVerbs } from './use-verbs.ts';
import type { Verb } from './verbs.ts';

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
  const [kind, setKind] = useState<ReceiverKind>('agents');
  const [note, setNote] = useState('');
  const [doubt, setDoubt] = useState<{ agent: Agent; about: 'full' | 'absent' } | null>(null);
  const { found, kinds } = useReceivers(conversation, { typed, kind });
  const go = async (verb: Verb) => {
    await verbs.run(verb);
    onClose();
  };
  const give = (agent: Agent, force = false) => {
    const written = noteIn(note);
    // To take what waits is no hand-over, unless something is said with it.
    const assigns = conversation.agentId === null && written.note === undefined;
    const forced = force ? { force } : {};
    const name = assigns ? ('assign' as const) : ('transfer' as const);
    go({ name, agentId: agent.id, ...forced, ...(assigns ? {} : written) }).catch(
      (error: unknown) => {
        if (isFull(error)) setDoubt({ agent, about: 'full' });
      },
    );
  };
  const listbox = useListbox<Receiver>({
    label: t('transfer.title'),
    typed: typed === '' ? '' : `${kind} ${typed}`,
    items: found,
    onChoose: (chosen) => {
      if (chosen.kind !== 'agent') {
        // What was refused has been said.
        go({ ...verbFor(chosen, conversation), ...noteIn(note) }).catch(() => {});
      } else if (isAbsent(chosen.agent, user.agentId)) {
        setDoubt({ agent: chosen.agent, about: 'absent' });
      } else give(chosen.agent);
    },
  });
  return (
    <Dialog opened onClose={onClose} title={t('transfer.title')} padding="md">
      <HandOverNote {...{ conversation, note }} onChange={setNote} />
      {kinds.length > 1 && (
        <SegmentedControl
          fullWidth
          size="xs"
          my="sm"
          aria-label={t('transfer.to')}
          value={kind}
          onChange={(value) => setKind(value as ReceiverKind)}
          data={kinds.map((value) => ({ value, label: t(`transfer.${value}`) }))}
        />
      )}
      <ListboxField {...{ listbox, typed }} onType={setTyped} label={t('transfer.search')} />
      {doubt !== null && (
        <TransferDoubt
          {...doubt}
          onGive={() => give(doubt.agent, doubt.about === 'full')}
          mayGive={doubt.about === 'absent' || can('conversations.force')}
        />
      )}
      <Choices {...{ listbox, found, conversation }} />
    </Dialog>
  );
}

function HandOverNote(props: {
  conversation: Conversation;
  note: string;
  onChange(note: string): void;
}) {
  const { conversation, note, onChange } = props;
  const { t } = useTranslation();
  const mayAct = useMayAct()(conversation);
  return (
    <>
      <NoteField value={note} onChange={onChange} label={t('transfer.note')} />
      {mayAct && (
        <Summarize conversationId={conversation.id} most={MAX_NOTE} {...{ note, onChange }} />
      )}
    </>
  );
}

function verbFor(
  chosen: Exclude<Receiver, { kind: 'agent' }>,
  { skillIds }: Conversation,
): Extract<Verb, { name: 'transferToPlan' | 'transferToTeam' | 'askSkills' }> {
  if (chosen.kind === 'plan') return { name: 'transferToPlan', plan: chosen.name };
  if (chosen.kind === 'team') return { name: 'transferToTeam', teamId: chosen.id };
  return { name: 'askSkills', skillIds: toggle(skillIds, chosen.id) };
}

function toggle(ids: readonly string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
}

function Choices(props: {
  listbox: Listbox<Receiver>;
  found: readonly Receiver[];
  conversation: Conversation;
}) {
  const { listbox, found, conversation } = props;
  const { t } = useTranslation();
  const groups = ['agent', 'team', 'skill', 'plan'] as const;
  return (
    <>
      <div {...listbox.list} className={classes.choices}>
        {groups.map((kind) => {
          const ones = found.filter((one) => one.kind === kind);
          if (ones.length === 0) return null;
          const label = t(`transfer.${kind}s`);
          return (
            <div key={kind} role="group" aria-label={label}>
              <div className={classes.label} aria-hidden>
                {label}
              </div>
              {ones.map((one) => (
                <div key={one.id} {...listbox.option(one)} className={classes.choice}>
                  <Choice one={one} isNeeded={conversation.skillIds.includes(one.id)} />
                </div>
              ))}
            </div>
          );
        })}
      </div>
      {found.length === 0 && (
        <div className={classes.label} role="status">
          {t('nav.nothingFound')}
        </div>
      )}
    </>
  );
}

function Choice({ one, isNeeded }: { one: Receiver; isNeeded: boolean }) {
  const { t } = useTranslation();
  if (one.kind === 'agent') return <AgentChoice agent={one.agent} />;
  if (one.kind === 'plan') {
    const text = t('transfer.planWaiting', { count: one.waiting });
    return <Named icon={<IconRoute size={18} />} name={one.name} text={text} />;
  }
  const text = isNeeded
    ? t('transfer.dropSkill')
    : t('transfer.room', { online: one.online, room: one.room });
  const Icon = one.kind === 'team' ? IconUsers : isNeeded ? IconCheck : IconStar;
  return <Named icon={<Icon size={18} />} name={one.name} text={text} />;
}

function Named({ icon, name, text }: { icon: ReactNode; name: string; text: string }) {
  return (
    <>
      {icon}
      <span className={classes.choiceName}>
        <span className="cut">{name}</span>
        <small>{text}</small>
      </span>
    </>
  );
}
