// Takes the policy that was tried to Routing, where it is looked at once more and put in force.
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskFirst } from '../../ui/ask-first.tsx';

export function PutInForce(props: {
  /** Another draft stands there. */
  replaces: boolean;
  onTake(): void;
}) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const { replaces, onTake } = props;
  return (
    <Group gap="sm" mb="md">
      <Button variant="default" onClick={replaces ? () => setAsked(true) : onTake}>
        {t('lab.putInForce')}
      </Button>
      <span>{t('lab.putInForceNote')}</span>
      <AskFirst
        opened={asked}
        onClose={() => setAsked(false)}
        title={t('lab.replaceTitle')}
        text={t('lab.replaceText')}
        label={t('lab.replace')}
        onYes={onTake}
      />
    </Group>
  );
}
