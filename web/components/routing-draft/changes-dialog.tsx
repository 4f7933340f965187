// What putting the draft in force would change, and what the server finds wrong or useless in it.
import { Alert, Button, Group, Stack, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PolicyFault } from '../../../src/contract/policy/fault.ts';
import { paths } from '../../paths.ts';
import { Dialog } from '../../ui/dialog.tsx';
import ui from '../../ui/ui.module.css';
import { ChangeList } from './change-list.tsx';
import { DryRunResult } from './dry-run.tsx';
import classes from './routing-draft.module.css';
import { sectionOf } from './section-tabs.tsx';
import { useDraft } from './use-draft.tsx';
import { usePutPolicy } from './use-put-policy.ts';

export function ChangesDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('routing.preview')} size={900}>
      <Preview onClose={onClose} />
    </Dialog>
  );
}

function Preview({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const { changes, faults, warnings, isBehind } = useDraft();
  const { putDraft, isPending } = usePutPolicy();
  const put = () => {
    putDraft();
    onClose();
  };
  return (
    <Stack gap="md">
      {faults.length > 0 && (
        <Alert color="red" variant="outline" title={t('routing.faults')}>
          <Findings findings={faults} onFollow={onClose} />
        </Alert>
      )}
      {warnings.length > 0 && (
        <Alert color="yellow" variant="outline" title={t('routing.warnings')}>
          <Findings findings={warnings} onFollow={onClose} />
        </Alert>
      )}
      <section aria-label={t('routing.whatChanges')}>
        <Title order={3} mb={4}>
          {t('routing.whatChanges')}
        </Title>
        <ChangeList changes={changes} />
      </section>
      {faults.length === 0 && (
        <section aria-label={t('dryRun.title')}>
          <Title order={3} mb={4}>
            {t('dryRun.title')}
          </Title>
          <DryRunResult />
        </section>
      )}
      <Group justify="flex-end" className={ui.dialogFoot ?? ''}>
        <Button variant="default" onClick={onClose}>
          {t('routing.goOn')}
        </Button>
        <Button disabled={faults.length > 0 || isBehind} loading={isPending} onClick={put}>
          {t('routing.save')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Each leads to where it is. */
function Findings(props: { findings: readonly PolicyFault[]; onFollow(): void }) {
  return (
    <ul className={classes.lines}>
      {props.findings.map(({ path, code, detail, remedy }) => (
        <li key={`${path} ${code} ${detail}`}>
          {path === '' ? (
            detail
          ) : (
            <Link
              to={paths.routing(sectionOf(path))}
              search={{ at: path } as never}
              onClick={props.onFollow}
            >
              {detail}
            </Link>
          )}{' '}
          <span className={classes.remedy}>{remedy}</span>
        </li>
      ))}
    </ul>
  );
}
