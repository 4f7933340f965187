// How an automation looks in its list: its place, whether it is on, when it acts, what it does and what it lacks.
import { ActionIcon, Group, Switch } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { Automation } from '../../api/shapes.ts';
import { useArrow } from '../../ui/use-arrow.ts';
import { useSave } from '../answers/use-save.ts';
import { useWordFaults } from '../naming/use-word-faults.ts';
import { sayFault } from '../naming/word-fault.ts';
import classes from './automations.module.css';

export function EnabledSwitch(props: { automation: Automation; disabled: boolean }) {
  const { automation, disabled } = props;
  const { t } = useTranslation();
  const { id, name } = automation;
  const change = useSave({
    send: (enabled: boolean) =>
      ask(
        client.PATCH('/api/v1/automations/{id}', { params: { path: { id } }, body: { enabled } }),
      ),
    touches: ['automations'],
  });
  return (
    <Switch
      size="sm"
      aria-label={t('automations.switch', { name })}
      checked={automation.enabled}
      disabled={disabled || change.isPending}
      onChange={(event) => change.mutate(event.currentTarget.checked)}
    />
  );
}

export function MoveButtons(props: {
  name: string;
  place: number;
  count: number;
  move(place: number): void;
}) {
  const { name, place, count, move } = props;
  const { t } = useTranslation();
  const buttons = useRef<HTMLDivElement>(null);
  const go = (to: number, nth: number) => {
    move(to);
    // Whatever is moved in the page loses the focus; at an end the other button has it.
    const atEnd = to === 0 || to === count - 1;
    requestAnimationFrame(() => {
      const all = buttons.current?.querySelectorAll('button');
      all?.[atEnd ? 1 - nth : nth]?.focus();
    });
  };
  return (
    <Group ref={buttons} gap={2} wrap="nowrap">
      <ActionIcon
        aria-label={`${t('action.up')}: ${name}`}
        disabled={place === 0}
        onClick={() => go(place - 1, 0)}
      >
        <IconArrowUp size={15} />
      </ActionIcon>
      <ActionIcon
        aria-label={`${t('action.down')}: ${name}`}
        disabled={place === count - 1}
        onClick={() => go(place + 1, 1)}
      >
        <IconArrowDown size={15} />
      </ActionIcon>
    </Group>
  );
}

export function NameAndFaults({ automation }: { automation: Automation }) {
  const arrow = useArrow();
  const { t } = useTranslation();
  const { name, on, actions, disabledReason } = automation;
  const { faults } = useWordFaults({ ...automation, warnings: [] });
  const notes = [
    ...(disabledReason === 'failing' ? [t('automations.failing')] : []),
    ...faults.map(sayFault),
  ];
  return (
    <span className={classes.named}>
      <span>{name}</span>
      <small>
        <bdi>{on.join(', ')}</bdi> {arrow}{' '}
        {actions.map((one) => t(`action.${one.do}`)).join(t('common.comma'))}
      </small>
      {notes.map((note) => (
        <small key={note} className={classes.lacks}>
          {note}
        </small>
      ))}
    </span>
  );
}
