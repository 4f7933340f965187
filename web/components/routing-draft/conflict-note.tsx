// Says that somebody else has put a newer version in force while one works on a draft: whose, what, and the ways on.
import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { diffPolicies } from '../../../src/contract/policy/diff-policies.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useNameActor } from '../naming/use-name-actor.ts';
import { ChangeList } from './change-list.tsx';
import { useDraft } from './use-draft.tsx';

export function ConflictNote() {
  const { t } = useTranslation();
  const nameActor = useNameActor();
  const format = useFormat();
  const { isBehind, base, latest, discard, mergeTheirs } = useDraft();
  if (!isBehind) return null;
  const { version, createdAt, createdBy, policy } = latest;
  return (
    <Alert
      color="yellow"
      variant="outline"
      role="alert"
      mb="md"
      title={t('routing.behind', {
        name: nameActor(createdBy),
        version,
        time: format.full(createdAt),
      })}
    >
      <ChangeList changes={diffPolicies(base.policy, policy)} />
      <Text size="sm" my="xs">
        {t('routing.behindText')}
      </Text>
      <Group gap="xs">
        <Button size="xs" onClick={mergeTheirs}>
          {t('routing.mergeTheirs')}
        </Button>
        <Button size="xs" variant="default" onClick={discard}>
          {t('routing.takeTheirs')}
        </Button>
      </Group>
    </Alert>
  );
}
