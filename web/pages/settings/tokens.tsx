// Tokens for programs: shown once, revoked at any time.
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { tokensQuery } from '../../api/queries.ts';
import type { Token } from '../../api/shapes.ts';
import { useSave } from '../../components/answers/use-save.ts';
import { useNameActor } from '../../components/naming/use-name-actor.ts';
import { menuColumn } from '../../components/settings/row-columns.tsx';
import { SettingsList } from '../../components/settings/settings-list.tsx';
import { TokenForm } from '../../components/settings/token-form.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Pill } from '../../ui/pill.tsx';
import type { Column } from '../../ui/table.tsx';

export default function TokensPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const nameActor = useNameActor();
  const query = useQuery(tokensQuery);
  const [adding, setAdding] = useState(false);
  const revoke = useSave({
    send: (id: string) => ask(client.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } })),
    touches: ['tokens'],
  });
  const wordLimit = (scopes: string[]): string => {
    if (scopes.join() === 'read') return t('tokens.limit.read');
    if (scopes.every((scope) => scope.startsWith('channel:'))) return t('tokens.limit.channel');
    return t('tokens.limited', { number: format.number(scopes.length) });
  };
  const columns: Column<Token>[] = [
    {
      head: t('form.name'),
      cell: ({ name, makerGone }) => (
        <span style={{ display: 'flex', gap: 6, flexWrap: 'wrap', alignItems: 'center' }}>
          <span style={{ fontWeight: 500 }}>{name}</span>
          {makerGone && <Pill tone="warn">{t('tokens.makerGone')}</Pill>}
        </span>
      ),
    },
    {
      head: t('people.role'),
      cell: ({ role, scopes }) => (
        <span style={{ display: 'flex', gap: 4, flexWrap: 'wrap' }}>
          <Pill>{t(`role.${role}`)}</Pill>
          {scopes !== null && (
            <span title={scopes.join(', ')}>
              <Pill>{wordLimit(scopes)}</Pill>
            </span>
          )}
        </span>
      ),
    },
    {
      head: t('tokens.made'),
      cell: ({ createdAt, madeBy }) => (
        <span style={{ display: 'block', lineHeight: 1.35 }}>
          {madeBy === null ? t('tokens.byServer') : nameActor(madeBy)}
          <span style={{ display: 'block', color: 'var(--soft)', fontSize: 12 }}>
            {format.full(createdAt)}
          </span>
        </span>
      ),
    },
    {
      head: t('tokens.used'),
      cell: ({ usedAt }) => (usedAt === null ? t('tokens.unused') : format.full(usedAt)),
    },
    {
      head: t('tokens.expires'),
      cell: ({ expiresAt }) => (expiresAt === null ? t('tokens.never') : format.full(expiresAt)),
    },
    menuColumn(({ id, name }) => ({
      name,
      actions: [
        {
          label: t('tokens.revoke'),
          confirm: t('tokens.revokeText', { name }),
          run: () => revoke.mutate(id),
        },
      ],
    })),
  ];
  return (
    <SettingsList
      title={t('settings.tokens')}
      text={t('tokens.text')}
      query={query}
      columns={columns}
      empty={{ icon: <IconKey size={20} />, title: t('tokens.none'), text: t('tokens.text') }}
      add={{ label: t('tokens.add'), run: () => setAdding(true) }}
    >
      {adding && <TokenForm onClose={() => setAdding(false)} />}
    </SettingsList>
  );
}
