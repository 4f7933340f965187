// Every version of the policy: who put it in force, when, and what it changed.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { diffPolicies } from '../../../../src/contract/policy/diff-policies.ts';
import type { PolicyDocument } from '../../../../src/contract/policy/document.ts';
import { policyQuery } from '../../../api/queries.ts';
import type { PolicyVersion } from '../../../api/shapes.ts';
import { Loaded } from '../../../components/answers/loaded.tsx';
import { useNameActor } from '../../../components/naming/use-name-actor.ts';
import { ChangeList } from '../../../components/routing-draft/change-list.tsx';
import { useFormat } from '../../../i18n/use-format.ts';
import { Card } from '../../../ui/page.tsx';
import { type Column, Table } from '../../../ui/table.tsx';

export default function VersionsPage() {
  const { t } = useTranslation();
  return (
    <Card title={t('routing.versions')} flush>
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
  const columns: Column<PolicyVersion>[] = [
    { head: t('routing.no'), width: 60, cell: ({ version }) => version },
    { head: t('audit.at'), cell: ({ createdAt }) => format.full(createdAt) },
    { head: t('audit.actor'), cell: ({ createdBy }) => nameActor(createdBy) },
    {
      head: t('audit.change'),
      cell: ({ version, policy }) => {
        const before = versions.find((one) => one.version === version - 1);
        if (before === undefined) return t('routing.first');
        const [was, is] = [before.policy, policy] as PolicyDocument[];
        return <ChangeList changes={was && is ? diffPolicies(was, is) : []} />;
      },
    },
  ];
  return (
    <Table
      label={t('routing.versions')}
      columns={columns}
      rows={versions}
      rowKey={({ version }) => String(version)}
    />
  );
}
