// Sets a second factor up: a picture for the app, its first code, and the recovery codes.
import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { CodeForm } from '../../forms/code-form.tsx';
import { Paste } from '../../ui/facts.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { Loaded } from '../answers/loaded.tsx';
import { useSave } from '../answers/use-save.ts';

export function SecondFactorSetup({ onDone }: { onDone(): void }) {
  const { t } = useTranslation();
  const [codes, setCodes] = useState<string[] | null>(null);
  // A secret for each time this is opened; it is shown while it is set up, and kept nowhere.
  const begun = useQuery({
    queryKey: ['second-factor', 'setup'],
    queryFn: () => ask(client.POST('/api/v1/session/second-factor/setup')),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const confirm = useSave({
    send: (code: string) =>
      ask(client.POST('/api/v1/session/second-factor/setup/confirm', { body: { code } })),
    onDone: ({ recoveryCodes }) => setCodes(recoveryCodes),
    quiet: true,
  });
  if (codes !== null) return <RecoveryCodes codes={codes} onDone={onDone} />;
  return (
    <Loaded query={begun} height={320}>
      {({ secret, uri }) => (
        <Stack gap="sm">
          <Text size="sm">{t('secondFactor.scan')}</Text>
          <QrCode text={uri} label={t('secondFactor.picture')} />
          <Paste label={t('secondFactor.secret')} value={secret} copyLabel={t('common.copy')} />
          <CodeForm
            label={t('secondFactor.firstCode')}
            action={t('secondFactor.confirm')}
            save={confirm}
          />
        </Stack>
      )}
    </Loaded>
  );
}

export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone(): void }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <Text size="sm">{t('secondFactor.codesText')}</Text>
      <Paste
        label={t('secondFactor.codesTitle')}
        value={codes.join('\n')}
        copyLabel={t('common.copy')}
      />
      <Group justify="flex-end">
        <Button data-autofocus onClick={onDone}>
          {t('secondFactor.kept')}
        </Button>
      </Group>
    </Stack>
  );
}
