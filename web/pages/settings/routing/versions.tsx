// Every version of the policy: who put it in force, when, and what it changed.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { diffPolicies } from '../../../../src/contract/policy/diff-policies.ts';
import type { PolicyChange, PolicyDocument } from '../../../../src/contract/policy/document.ts';
import { policyQuery } from '../../../api/policy-queries.ts';
import type { PolicyVersion } from '../../../api/shapes.ts';
import { Loaded } from '../../../components/answers/loaded.tsx';
import { useNameActor } from '../../../components/naming/use-name-actor.ts';
import { ChangeList } from '../../../components/routing-draft/change-list.tsx';
import { VersionDialog } from '../../../components/routing-draft/version-dialog.tsx';
import { useFormat } from '../../../i18n/use-format.ts';
import { Card } from '../../../ui/page.tsx';
import { type Column, Table } from '../../../ui/table.tsx';

/** More are counted; all of them stand where one version is looked at. */
const MOST_CHANGES = 4;

export default function VersionsPage() {
  const { t } = useTranslation();
  return (
    <Card title={t('routing.versions')} note={t('routing.versionsText')} flush>
      <Loaded query={useQuery(policyQuery)}>
        {(versions) => <Versions versions={versions} />}
      </Loaded>
    </Card>
  );
}

function Versions({ versions }: { versions: PolicyVersion[] }) {
  const nameActor = useNameActor();
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState<number | null>(null);
  const changesOf = (number: number) => listChanges(versions, number);
  const columns: Column<PolicyVersion>[] = [
    { head: t('routing.no'), width: 60, cell: ({ version }) => version },
    { head: t('audit.at'), cell: ({ createdAt }) => format.full(createdAt) },
    { head: t('audit.actor'), cell: ({ createdBy }) => nameActor(createdBy) },
    {
      head: t('audit.change'),
      cell: ({ version }) => {
        const changes = changesOf(version);
        if (changes === null) return t(version === 1 ? 'routing.first' : 'routing.beforeShown');
        return <ChangeList changes={changes} most={MOST_CHANGES} />;
      },
    },
    {
      head: '',
      right: true,
      cell: ({ version }) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('routing.lookAt', { version })}
          onClick={() => setOpen(version)}
        >
          {t('common.open')}
        </Button>
      ),
    },
  ];
  return (
    <>
      <Table
        label={t('routing.versions')}
        columns={columns}
        rows={versions}
        rowKey={({ version }) => String(version)}
      />
      {open !== null && (
        <VersionDialog version={open} changes={changesOf(open)} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

/** null: the version before it is not there. */
function listChanges(versions: readonly PolicyVersion[], number: number): PolicyChange[] | null {
  const policyOf = (version: number) =>
    versions.find((one) => one.version === version)?.policy as PolicyDocument | undefined;
  const [before, after] = [policyOf(number - 1), policyOf(number)];
  return before === undefined || after === undefined ? null : diffPolicies(before, after);
}
