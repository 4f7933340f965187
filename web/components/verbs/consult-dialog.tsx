// Asks colleagues to read a conversation and to write notes; shows who is there.
import { Button, Group, Space, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_CONSULTED } from '../../../src/contract/consult.ts';
import { agentsQuery } from '../../api/queries.ts';
import type { Agent, Conversation } from '../../api/shapes.ts';
import classes from '../../ui/choices.module.css';
import { Dialog } from '../../ui/dialog.tsx';
import { ListboxField } from '../../ui/listbox-field.tsx';
import { submitByKeys } from '../../ui/submit-by-keys.ts';
import { useListbox } from '../../ui/use-listbox.ts';
import { AgentChoice } from './agent-choice.tsx';
import { NoteField, noteIn } from './note-field.tsx';
import { sortAgents } from './receivers.ts';
import type { useVerbs } from './use-verbs.ts';

export function ConsultDialog(props: {
  conversation: Conversation;
  verbs: Pick<ReturnType<typeof useVerbs>, 'run' | 'busy'>;
  onClose(): void;
}) {
  const { conversation, verbs, onClose } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [note, setNote] = useState('');
  const [agentIds, setAgentIds] = useState<string[]>([]);
  const most = MAX_CONSULTED - conversation.consulted.length;
  const found = useColleagues(conversation, typed);
  const listbox = useListbox<Agent>({
    label: t('consult.whom'),
    typed,
    items: found,
    onChoose: ({ id }) =>
      setAgentIds((ids) => {
        if (ids.includes(id)) return ids.filter((one) => one !== id);
        return ids.length < most ? [...ids, id] : ids;
      }),
  });
  const ask = () => {
    // What was refused has been said.
    verbs.run({ name: 'consult', agentIds, ...noteIn(note) }).then(onClose, () => {});
  };
  return (
    <Dialog opened onClose={onClose} title={t('consult.title')} padding="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (agentIds.length > 0) ask();
        }}
        onKeyDown={submitByKeys}
      >
        <Text size="sm" mb="sm">
          {t('consult.text')}
        </Text>
        <NoteField value={note} onChange={setNote} label={t('consult.note')} />
        <Space h="sm" />
        <ListboxField {...{ listbox, typed }} onType={setTyped} label={t('consult.whom')} />
        <div {...listbox.list} className={classes.choices}>
          {found.map((agent) => (
            <div key={agent.id} {...listbox.option(agent)} className={classes.choice}>
              <AgentChoice agent={agent} />
              <span style={{ width: 18 }}>
                {agentIds.includes(agent.id) && (
                  <IconCheck size={18} role="img" aria-label={t('consult.chosen')} />
                )}
              </span>
            </div>
          ))}
        </div>
        {found.length === 0 && (
          <div className={classes.label} role="status">
            {t('nav.nothingFound')}
          </div>
        )}
        <Group justify="space-between" mt="md" wrap="nowrap">
          <Text size="xs" c="dimmed" role="status">
            {t('consult.count', { count: agentIds.length, most })}
          </Text>
          <Button type="submit" disabled={agentIds.length === 0} loading={verbs.busy}>
            {t('consult.ask')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

/** Whoever can be asked yet; bots read nothing but what they have. */
function useColleagues({ agentId, consulted }: Conversation, typed: string): Agent[] {
  const agents = useQuery(agentsQuery).data ?? [];
  const wanted = typed.trim().toLowerCase();
  const asked = new Set([agentId, ...consulted.map((one) => one.agentId)]);
  return sortAgents(agents).filter(
    ({ id, name, kind }) => kind !== 'bot' && !asked.has(id) && name.toLowerCase().includes(wanted),
  );
}
