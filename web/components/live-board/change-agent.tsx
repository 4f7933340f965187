// Availability and load of an agent; a supervisor changes both in place.
import { Button, Menu, NumberInput, Popover, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { agentsQuery } from '../../api/queries.ts';
import type { Agent } from '../../api/shapes.ts';
import { LoadBar } from '../../ui/load-bar.tsx';
import { useSave } from '../answers/use-save.ts';
import { StatusItems, type StatusWish } from '../faces/status-items.tsx';
import { StatusText } from '../faces/status-text.tsx';
import { SetStatus } from './set-status.tsx';

type Part = Partial<StatusWish> & { capacity?: number | null };

/** Shows the wish at once; what the server says then stands. */
function useChangeAgent(agent: Agent) {
  const queries = useQueryClient();
  const save = useSave({
    send: (body: Part) =>
      ask(client.PATCH('/api/v1/agents/{id}', { params: { path: { id: agent.id } }, body })),
    touches: ['agents', 'queue'],
  });
  return (part: Part) => {
    const { capacity } = part;
    const seen = typeof capacity === 'number' ? { effectiveCapacity: capacity } : {};
    queries.setQueryData<Agent[]>(agentsQuery.queryKey, (agents) =>
      agents?.map((one) => (one.id === agent.id ? { ...one, ...part, ...seen } : one)),
    );
    save.mutate(part, { onError: () => void queries.invalidateQueries({ queryKey: ['agents'] }) });
  };
}

export function ChangeAvailability({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const change = useChangeAgent(agent);
  const [reasoning, setReasoning] = useState(false);
  // Whoever answers only in an outside system is as available as that says.
  if (!agent.answersHere) {
    return (
      <span title={t('agent.keptElsewhere', { name: agent.name })}>
        <StatusText agent={agent} />
      </span>
    );
  }
  return (
    <>
      <Menu width={220}>
        <Menu.Target>
          <UnstyledButton
            title={t('live.changeAvailability', { name: agent.name })}
            style={{ display: 'inline-flex', alignItems: 'center', gap: 4, fontSize: 13 }}
          >
            <StatusText agent={agent} />
            <IconChevronDown size={14} color="var(--faint)" />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <StatusItems now={agent} onChoose={change} />
          <Menu.Divider />
          <Menu.Item onClick={() => setReasoning(true)}>{t('status.withReason')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {reasoning && <SetStatus agent={agent} onClose={() => setReasoning(false)} />}
    </>
  );
}

export function AgentLoad({ agent, steers }: { agent: Agent; steers: boolean }) {
  const { t } = useTranslation();
  const held = agent.load + agent.externalLoad;
  const label = t('live.loadOf', { name: agent.name });
  return (
    <div style={{ display: 'flex', alignItems: 'center', gap: 10 }}>
      <div style={{ flex: 1, minWidth: 60 }}>
        <LoadBar value={held} most={agent.effectiveCapacity} label={label} />
      </div>
      {steers ? (
        <ChangeCapacity agent={agent} held={held} />
      ) : (
        <span className="numbers">
          {held} / {agent.effectiveCapacity}
        </span>
      )}
    </div>
  );
}

function ChangeCapacity({ agent, held }: { agent: Agent; held: number }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [value, setValue] = useState<number | string>(agent.effectiveCapacity);
  const change = useChangeAgent(agent);
  const save = (capacity: number | null) => {
    change({ capacity });
    setOpened(false);
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      shadow="md"
      trapFocus
      width={220}
    >
      <Popover.Target>
        <UnstyledButton
          title={t('live.changeCapacity', { name: agent.name })}
          style={{ display: 'inline-flex', alignItems: 'center', gap: 3, fontSize: 13 }}
          className="numbers"
          onClick={() => {
            setValue(agent.effectiveCapacity);
            setOpened(!opened);
          }}
        >
          {held} / {agent.effectiveCapacity}
          <IconChevronDown size={14} color="var(--faint)" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (typeof value === 'number') save(value);
          }}
        >
          <NumberInput
            data-autofocus
            size="xs"
            label={t('agent.capacity')}
            min={0}
            max={1000}
            value={value}
            onChange={setValue}
          />
          <div style={{ display: 'flex', gap: 6, marginTop: 10, justifyContent: 'flex-end' }}>
            <Button size="compact-sm" variant="default" onClick={() => save(null)}>
              {t('agent.useDefault')}
            </Button>
            <Button size="compact-sm" type="submit" disabled={typeof value !== 'number'}>
              {t('common.save')}
            </Button>
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
