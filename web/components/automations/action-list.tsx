// The actions of an automation or a macro in their order: added, filled in, moved and removed.
import { ActionIcon, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actionNames, MAX_ACTIONS } from '../../../src/contract/action-names.ts';
import type { Action } from '../../../src/contract/actions.ts';
import type { FaultsAt } from '../../forms/faults-at.ts';
import { useActionChoices } from './action-choices.ts';
import { ActionFields } from './action-fields.tsx';
import classes from './automations.module.css';
import { beginAction } from './begin-action.ts';

export interface ActionListProps {
  actions: readonly Action[];
  onChange(actions: Action[]): void;
  /** With paths from /actions on. */
  faults: FaultsAt;
  /** It has been sent: that nothing is there yet is a fault now. */
  tried: boolean;
}

export function ActionList({ actions, onChange, faults, tried }: ActionListProps) {
  const { t, i18n } = useTranslation();
  const choices = useActionChoices();
  const keys = useKeys(actions.length);
  const replace = (nth: number, ...by: Action[]) =>
    onChange(actions.flatMap((one, at) => (at === nth ? by : [one])));
  const swap = (nth: number, other: number) => {
    const [one, two] = [actions[nth], actions[other]];
    if (one === undefined || two === undefined) return;
    keys.swap(nth, other);
    onChange(actions.map((any, at) => (at === nth ? two : at === other ? one : any)));
  };
  return (
    <Stack gap="xs" role="group" aria-label={t('automations.actions')}>
      <Text size="sm" fw={500}>
        {t('automations.actions')}
      </Text>
      <ol className={classes.actions}>
        {actions.map((action, nth) => (
          <li key={keys.of(nth)} className={classes.action}>
            <ActionHead
              name={t(`action.${action.do}`)}
              up={nth === 0 ? null : () => swap(nth, nth - 1)}
              down={nth === actions.length - 1 ? null : () => swap(nth, nth + 1)}
              remove={() => {
                keys.remove(nth);
                replace(nth);
              }}
            />
            <ActionFields
              action={action}
              choices={choices}
              faults={faults.below(`/actions/${nth}`)}
              onChange={(changed) => replace(nth, changed)}
            />
          </li>
        ))}
      </ol>
      {tried && actions.length === 0 && faults.sayOnly('/actions') && (
        <Text size="xs" c="var(--bad)" role="alert">
          {faults.sayOnly('/actions')}
        </Text>
      )}
      <Menu position="bottom-start" width={260}>
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            w="fit-content"
            disabled={actions.length >= MAX_ACTIONS}
            leftSection={<IconPlus size={14} />}
          >
            {t('automations.addAction')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {actionNames.map((name) => (
            <Menu.Item
              key={name}
              onClick={() => onChange([...actions, beginAction(name, i18n.language)])}
            >
              {t(`action.${name}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Stack>
  );
}

function ActionHead(props: {
  name: string;
  up: (() => void) | null;
  down: (() => void) | null;
  remove(): void;
}) {
  const { name, up, down, remove } = props;
  const { t } = useTranslation();
  return (
    <Group gap={4} justify="space-between" wrap="nowrap">
      <Text size="sm" fw={600}>
        {name}
      </Text>
      <Group gap={2} wrap="nowrap">
        <ActionIcon
          aria-label={`${t('action.up')}: ${name}`}
          disabled={up === null}
          onClick={() => up?.()}
        >
          <IconArrowUp size={15} />
        </ActionIcon>
        <ActionIcon
          aria-label={`${t('action.down')}: ${name}`}
          disabled={down === null}
          onClick={() => down?.()}
        >
          <IconArrowDown size={15} />
        </ActionIcon>
        <ActionIcon aria-label={`${t('common.remove')}: ${name}`} onClick={remove}>
          <IconTrash size={15} />
        </ActionIcon>
      </Group>
    </Group>
  );
}

/** Actions have no ids: a field keeps the focus while others move. */
function useKeys(count: number) {
  const [keys, setKeys] = useState<{ list: number[]; next: number }>({ list: [], next: 0 });
  const missing = Math.max(0, count - keys.list.length);
  const added = Array.from({ length: missing }, (_, nth) => keys.next + nth);
  const list = [...keys.list, ...added];
  if (missing > 0) setKeys({ list, next: keys.next + missing });
  return {
    of: (nth: number) => list[nth],
    swap: (one: number, two: number) =>
      setKeys({
        ...keys,
        list: list.map((key, at) => (at === one ? list[two] : at === two ? list[one] : key) ?? key),
      }),
    remove: (nth: number) => setKeys({ ...keys, list: list.filter((_, at) => at !== nth) }),
  };
}
