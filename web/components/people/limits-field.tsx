// How much of a kind of channel, or of one channel, may be held: a line for each limit.
import { ActionIcon, Button, Group, Input, Stack } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { channelKinds, isKnownKind } from '../../../src/contract/channel-kinds.ts';
import { channelsQuery } from '../../api/queries.ts';
import { WholeNumber } from '../../forms/whole-number.tsx';
import { Select } from '../../ui/select.tsx';

type Limits = Record<string, number>;
interface Scope {
  value: string;
  label: string;
}

export function LimitsField(props: {
  value: Limits;
  onChange(limits: Limits): void;
  disabled?: boolean;
}) {
  const { value, onChange, disabled = false } = props;
  const { t } = useTranslation();
  const scopes = useScopes(Object.keys(value));
  const free = scopes.find((one) => value[one.value] === undefined);
  const entries = Object.entries(value);
  const put = (changed: [string, number][]) => onChange(Object.fromEntries(changed));
  return (
    <Input.Wrapper label={t('agent.limits')} description={t('agent.limitsHint')}>
      <Stack gap="xs" mt="xs">
        {entries.map(([scope, most]) => (
          <LimitLine
            key={scope}
            scope={scope}
            most={most}
            scopes={scopes.filter((one) => one.value === scope || value[one.value] === undefined)}
            disabled={disabled}
            onChange={(...next) => put(entries.map((one) => (one[0] === scope ? next : one)))}
            onRemove={() => put(entries.filter(([other]) => other !== scope))}
          />
        ))}
        {!disabled && free !== undefined && (
          <Button
            variant="default"
            size="compact-sm"
            style={{ alignSelf: 'flex-start' }}
            leftSection={<IconPlus size={14} />}
            onClick={() => put([...entries, [free.value, 1]])}
          >
            {t('agent.limitAdd')}
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

function LimitLine(props: {
  scope: string;
  most: number;
  scopes: readonly Scope[];
  disabled: boolean;
  onChange(scope: string, most: number): void;
  onRemove(): void;
}) {
  const { scope, most, scopes, disabled, onChange, onRemove } = props;
  const { t } = useTranslation();
  const name = scopes.find(({ value }) => value === scope)?.label ?? scope;
  return (
    <Group gap={6} wrap="nowrap">
      <Select
        aria-label={t('agent.limitScope')}
        style={{ flex: 1 }}
        data={[...scopes]}
        disabled={disabled}
        value={scope}
        onChange={(next) => next && onChange(next, most)}
      />
      <WholeNumber
        aria-label={t('agent.limitOf', { name })}
        w={84}
        min={0}
        max={1000}
        disabled={disabled}
        value={most}
        onChange={(next) => onChange(scope, next)}
      />
      {!disabled && (
        <ActionIcon aria-label={t('agent.limitRemove', { name })} onClick={onRemove}>
          <IconX size={15} />
        </ActionIcon>
      )}
    </Group>
  );
}

/** The kinds of the channels that bring conversations, then these channels; and what is set although its channel is gone. */
function useScopes(set: readonly string[]): Scope[] {
  const { t } = useTranslation();
  const channels = (useQuery(channelsQuery).data ?? []).filter(({ kind }) => {
    return !(isKnownKind(kind) && channelKinds[kind].mirrors);
  });
  const kinds = [...new Set([...channels.map(({ kind }) => kind), ...set.filter(isKnownKind)])];
  const known = [
    ...kinds.map((kind) => ({
      value: kind as string,
      label: t('agent.limitKind', { name: channelKinds[kind].name }),
    })),
    ...channels.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const gone = set.filter((scope) => !known.some(({ value }) => value === scope));
  return [...known, ...gone.map((value) => ({ value, label: value }))];
}
