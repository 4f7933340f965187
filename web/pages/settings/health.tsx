// Whether everything is well: the server, the channels, the endpoints, and what to do where something is not.

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type HealthItem, healthQuery } from '../../api/admin-queries.ts';
import { Loaded } from '../../components/answers/loaded.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { Card, Page } from '../../ui/page.tsx';
import { Pill, type Tone } from '../../ui/pill.tsx';
import { type Column, Table } from '../../ui/table.tsx';

const tones: Record<HealthItem['state'], Tone> = {
  well: 'good',
  attention: 'warn',
  failing: 'bad',
};

export default function HealthPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const health = useQuery(healthQuery);
  return (
    <Page title={t('settings.health')} text={t('health.text')}>
      <Loaded query={health} height={480}>
        {({ state, at, items }) => (
          <>
            <p role="status">
              <Pill tone={tones[state]}>{t(`health.all.${state}`)}</Pill>{' '}
              {t('health.asked', { at: format.time(at) })}
            </p>
            {groupItems(items).map((group) => (
              <Items key={group.name} {...group} />
            ))}
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface Group {
  name: 'server' | 'channels' | 'endpoints';
  items: HealthItem[];
}

/** On a narrow screen nobody scrolls past what is well to find what fails. */
function groupItems(items: readonly HealthItem[]): Group[] {
  const begins = (word: string) => items.filter(({ code }) => code.startsWith(word));
  const groups: Group[] = [
    { name: 'server', items: items.filter(({ id }) => id === null) },
    { name: 'channels', items: begins('channel.') },
    { name: 'endpoints', items: begins('endpoint.') },
  ];
  const isFailing = (group: Group) => group.items.some(({ state }) => state === 'failing');
  return [...groups.filter(isFailing), ...groups.filter((group) => !isFailing(group))];
}

function Items({ name, items }: Group) {
  const { t } = useTranslation();
  const columns = useColumns();
  const title = t(`health.${name}`);
  return (
    <Card flush={items.length > 0} title={title}>
      {items.length === 0 ? (
        t(name === 'channels' ? 'health.noChannels' : 'health.noEndpoints')
      ) : (
        <Table label={title} columns={columns} rows={items} rowKey={({ code, id }) => id ?? code} />
      )}
    </Card>
  );
}

function useColumns(): Column<HealthItem>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { head: t('health.what'), width: '22%', cell: (item) => <Named item={item} /> },
    {
      head: t('health.stateHead'),
      width: '12%',
      cell: ({ state }) => <Pill tone={tones[state]}>{t(`health.state.${state}`)}</Pill>,
    },
    {
      head: t('health.says'),
      cell: ({ code, count, since, detail }) =>
        t(`health.${code}`, {
          count: format.number(count ?? 0),
          since: since === null ? '–' : format.full(since),
          detail: detail ?? '',
        }),
    },
    { head: t('health.next'), width: '30%', cell: (item) => <Next item={item} /> },
  ];
}

function Named({ item: { code, name } }: { item: HealthItem }) {
  const { t } = useTranslation();
  if (name !== null) return <bdi>{name}</bdi>;
  const [what] = code.split('.') as ['database'];
  return t(`health.of.${what}`);
}

/** The step, as a link to where it is done; without one it is done by whoever runs the server. */
function Next({ item: { code, state, id } }: { item: HealthItem }) {
  const { t } = useTranslation();
  if (state === 'well') return '–';
  const text = t(`health.next.${code as 'database.slow'}`);
  if (id === null) return text;
  return (
    <Link to={code.startsWith('channel.') ? paths.channel(id) : paths.endpoint(id)}>{text}</Link>
  );
}
