// The hours of one day of the week in fields, and a copy of them to other days.
import { ActionIcon, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ClockField } from '../../forms/clock-field.tsx';
import classes from './calendars.module.css';
import { useNameDay } from './name-day.ts';
import { DAY, readHours, type Span, writeHours } from './week.ts';

const HOUR = 60;

export function DayHours(props: {
  day: number;
  spans: readonly Span[];
  disabled: boolean;
  onChange(spans: readonly Span[]): void;
  onCopy(days: readonly number[]): void;
}) {
  const { day, spans, disabled, onChange, onCopy } = props;
  const { t } = useTranslation();
  const own = spans.flatMap((span, place) => (span.day === day ? [{ span, place }] : []));
  const last = own.at(-1)?.span;
  const add = () => {
    const from = last === undefined ? 9 * HOUR : Math.min(last.to + HOUR, DAY - HOUR);
    const to = last === undefined ? 17 * HOUR : Math.min(from + 2 * HOUR, DAY);
    onChange([...spans, { day, from, to }]);
  };
  return (
    <div className={classes.dayHours}>
      <Stack gap={6}>
        {own.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('calendars.closedAllDay')}
          </Text>
        )}
        {own.map(({ span, place }) => (
          <HoursFields
            key={place}
            span={span}
            disabled={disabled}
            onChange={(next) => onChange(spans.map((one, at) => (at === place ? next : one)))}
            onRemove={() => onChange(spans.filter((_one, at) => at !== place))}
          />
        ))}
      </Stack>
      {!disabled && (
        <Group gap="xs" mt={8}>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={add}
          >
            {t('calendars.addHours')}
          </Button>
          <CopyMenu day={day} onCopy={onCopy} />
        </Group>
      )}
    </div>
  );
}

function HoursFields(props: {
  span: Span;
  disabled: boolean;
  onChange(span: Span): void;
  onRemove(): void;
}) {
  const { span, disabled, onChange, onRemove } = props;
  const { t } = useTranslation();
  const nameDay = useNameDay();
  const day = nameDay(span.day, 'long');
  const { from, to } = writeHours(span);
  const write = (hours: { from: string; to: string }) =>
    onChange({ day: span.day, ...readHours(hours) });
  return (
    <Group gap={6} align="flex-start">
      <ClockField
        aria-label={t('calendars.opensOn', { day })}
        value={from}
        disabled={disabled}
        onCommit={(time) => write({ from: time, to })}
      />
      <span className={classes.dash}>–</span>
      <ClockField
        aria-label={t('calendars.closesOn', { day })}
        endsDay
        value={to}
        disabled={disabled}
        onCommit={(time) => write({ from, to: time })}
      />
      {!disabled && (
        <ActionIcon mt={4} aria-label={t('calendars.removeHours', { from, to })} onClick={onRemove}>
          <IconX size={16} />
        </ActionIcon>
      )}
      {span.to > DAY && (
        <Text size="xs" c="dimmed" mt={9}>
          {t('calendars.endsNextDay')}
        </Text>
      )}
    </Group>
  );
}

function CopyMenu({ day, onCopy }: { day: number; onCopy(days: readonly number[]): void }) {
  const { t } = useTranslation();
  const nameDay = useNameDay();
  const days = [0, 1, 2, 3, 4, 5, 6];
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="compact-sm" variant="default">
          {t('calendars.copyDay')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onCopy(days.slice(0, 5))}>{t('calendars.workdays')}</Menu.Item>
        <Menu.Item onClick={() => onCopy(days)}>{t('calendars.everyDay')}</Menu.Item>
        <Menu.Divider />
        {days
          .filter((one) => one !== day)
          .map((one) => (
            <Menu.Item key={one} onClick={() => onCopy([one])}>
              {nameDay(one, 'long')}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
