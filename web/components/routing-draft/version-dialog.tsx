// One version of the policy: what it changed, how it differs from the one in force, its rules, and the ways back to it.
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { diffPolicies } from '../../../src/contract/policy/diff-policies.ts';
import type { PolicyChange, PolicyVersion } from '../../../src/contract/policy/document.ts';
import { policyVersionQuery } from '../../api/policy-queries.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import ui from '../../ui/ui.module.css';
import { useArrow } from '../../ui/use-arrow.ts';
import { Loaded } from '../answers/loaded.tsx';
import { useNameActor } from '../naming/use-name-actor.ts';
import { wordThen, wordWhen } from '../naming/word-rule.ts';
import { ChangeList } from './change-list.tsx';
import classes from './routing-draft.module.css';
import { useDraft } from './use-draft.tsx';
import { usePutPolicy } from './use-put-policy.ts';

interface VersionDialogProps {
  version: number;
  /** null: it is the first. */
  changes: readonly PolicyChange[] | null;
  onClose(): void;
}

export function VersionDialog(props: VersionDialogProps) {
  const { version, onClose } = props;
  const { t } = useTranslation();
  return (
    <Dialog opened onClose={onClose} title={t('routing.version', { version })} size={760}>
      <Loaded query={useQuery(policyVersionQuery(version))}>
        {(shown) => <Shown {...props} shown={shown} />}
      </Loaded>
    </Dialog>
  );
}

function Shown({ shown, changes, onClose }: VersionDialogProps & { shown: PolicyVersion }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameActor = useNameActor();
  const { latest, readOnly, dirty, replace } = useDraft();
  const { restore, isPending } = usePutPolicy();
  const { version, policy, createdAt, createdBy } = shown;
  const again = diffPolicies(latest.policy, policy);
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {format.full(createdAt)} · {nameActor(createdBy)}
      </Text>
      <Part title={t('routing.itChanged')}>
        {changes === null ? <p>{t('routing.first')}</p> : <ChangeList changes={changes} />}
      </Part>
      {version !== latest.version && (
        <Part title={t('routing.againChanges')}>
          <ChangeList changes={again} />
        </Part>
      )}
      <Part title={t('routing.section.rules')}>
        <Sentences rules={policy.rules ?? []} />
      </Part>
      {!readOnly && version !== latest.version && again.length > 0 && (
        <Group justify="flex-end" className={ui.dialogFoot ?? ''}>
          <Button
            variant="default"
            onClick={() => {
              replace(policy);
              onClose();
            }}
          >
            {t('routing.intoDraft')}
          </Button>
          <Button
            loading={isPending}
            disabled={dirty}
            onClick={() => {
              restore(version, latest.version);
              onClose();
            }}
          >
            {t('routing.putAgain')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Title order={3} mb={4}>
        {title}
      </Title>
      {children}
    </section>
  );
}

function Sentences({ rules }: { rules: NonNullable<PolicyVersion['policy']['rules']> }) {
  const arrow = useArrow();
  const { t, i18n } = useTranslation();
  const wording = { t, language: i18n.language };
  if (rules.length === 0) return <p>{t('routing.rulesNone')}</p>;
  return (
    <ol className={classes.lines}>
      {rules.map((rule) => (
        <li key={rule.name}>
          <strong>{rule.name}</strong>: {wordWhen(rule, wording)} {arrow} {wordThen(rule, wording)}
        </li>
      ))}
    </ol>
  );
}
