// The user's own second factor: set up, renewed, turned off.
import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { secondFactorQuery } from '../../api/queries.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { AskFirst } from '../../ui/ask-first.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Card } from '../../ui/page.tsx';
import { Loaded } from '../answers/loaded.tsx';
import { useSave } from '../answers/use-save.ts';
import { RecoveryCodes, SecondFactorSetup } from './second-factor-setup.tsx';

export function OwnSecondFactor() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const query = useQuery(secondFactorQuery);
  const [settingUp, setSettingUp] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [asked, setAsked] = useState<'newCodes' | 'remove' | null>(null);
  const touches = ['second-factor'];
  const renew = useSave({
    send: () => ask(client.POST('/api/v1/session/second-factor/recovery-codes')),
    onDone: ({ recoveryCodes }) => setCodes(recoveryCodes),
    touches,
  });
  const remove = useSave({
    send: () => ask(client.DELETE('/api/v1/session/second-factor')),
    touches,
  });
  const close = () => {
    setSettingUp(false);
    setCodes(null);
    void queries.invalidateQueries({ queryKey: secondFactorQuery.queryKey, exact: true });
  };
  return (
    <Card title={t('secondFactor.card')} note={t('secondFactor.cardText')}>
      <Loaded query={query} height={60}>
        {({ since, recoveryCodesLeft, required }) =>
          since === null ? (
            <Group>
              <Text size="sm" style={{ flex: 1 }}>
                {t('secondFactor.off')}
              </Text>
              <Button variant="default" onClick={() => setSettingUp(true)}>
                {t('secondFactor.setUp')}
              </Button>
            </Group>
          ) : (
            <Stack gap="sm">
              <Standing since={since} recoveryCodesLeft={recoveryCodesLeft} />
              <Group>
                <Button
                  variant="default"
                  loading={renew.isPending}
                  onClick={() => setAsked('newCodes')}
                >
                  {t('secondFactor.newCodes')}
                </Button>
                {!required && (
                  <Button
                    variant="default"
                    color="red"
                    loading={remove.isPending}
                    onClick={() => setAsked('remove')}
                  >
                    {t('secondFactor.remove')}
                  </Button>
                )}
              </Group>
            </Stack>
          )
        }
      </Loaded>
      <AskFirst
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t('secondFactor.card')}
        label={asked === null ? undefined : t(`secondFactor.${asked}`)}
        text={asked === null ? undefined : t(`secondFactor.ask.${asked}`)}
        onYes={() => (asked === 'remove' ? remove : renew).mutate(undefined)}
      />
      <Dialog
        shownOnce
        opened={settingUp || codes !== null}
        onClose={close}
        title={t(codes === null ? 'secondFactor.enrolTitle' : 'secondFactor.codesTitle')}
        size="sm"
      >
        {settingUp && <SecondFactorSetup onDone={close} />}
        {codes !== null && <RecoveryCodes codes={codes} onDone={close} />}
      </Dialog>
    </Card>
  );
}

function Standing({ since, recoveryCodesLeft }: { since: string; recoveryCodesLeft: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Text size="sm">
      {t('secondFactor.since', { time: format.full(since) })} ·{' '}
      {t('secondFactor.left', { number: format.number(recoveryCodesLeft) })}
    </Text>
  );
}
