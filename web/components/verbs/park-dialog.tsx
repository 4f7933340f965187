// Asks until when a conversation is parked: quick choices first, then any date and time.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../../browser/server-clock.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { listParkTimes, refuseParkTime, toField } from './park-times.ts';

export function ParkDialog(props: {
  /** null: until the contact writes. */
  onPark(until: string | null): void;
  onClose(): void;
}) {
  const { onPark, onClose } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const [now] = useState(() => new Date(serverNow()));
  const [times] = useState(() => listParkTimes(now));
  const choose = (until: Date | null) => {
    onClose();
    onPark(until?.toISOString() ?? null);
  };
  return (
    <Dialog opened onClose={onClose} title={t('park.title')} size="sm">
      <Stack gap="sm">
        <Text size="sm">{t('park.text')}</Text>
        <Stack gap={6}>
          {times.map(({ name, until }, nth) => (
            <Button
              key={name}
              variant="default"
              justify="space-between"
              fullWidth
              data-autofocus={nth === 0 || undefined}
              rightSection={
                until && (
                  <Text span size="xs" c="var(--soft)">
                    {format.full(until.toISOString())}
                  </Text>
                )
              }
              onClick={() => choose(until)}
            >
              {t(`park.in.${name}`)}
            </Button>
          ))}
        </Stack>
        <AnyTime now={now} onChoose={choose} />
      </Stack>
    </Dialog>
  );
}

/** By the clock of this device. */
function AnyTime({ now, onChoose }: { now: Date; onChoose(until: Date): void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState<ReturnType<typeof refuseParkTime>>(null);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const until = new Date(typed);
        const refused = refuseParkTime(until, new Date(serverNow()));
        if (refused === null) onChoose(until);
        else setWrong(refused);
      }}
    >
      <Group align="flex-start" gap="xs" wrap="nowrap">
        <TextInput
          type="datetime-local"
          label={t('park.at')}
          min={toField(now)}
          value={typed}
          error={wrong && t(wrong)}
          style={{ flex: 1, minWidth: 0 }}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setWrong(null);
          }}
        />
        <Button type="submit" mt={21} disabled={typed === ''}>
          {t('verb.park')}
        </Button>
      </Group>
    </form>
  );
}
