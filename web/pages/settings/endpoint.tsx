// One endpoint: what it is bound to, a test, and the log of everything that went there.
import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { endpointsQuery } from '../../api/queries.ts';
import type { Endpoint } from '../../api/shapes.ts';
import { Loaded } from '../../components/answers/loaded.tsx';
import { readShownOnce } from '../../components/answers/shown-once.ts';
import { useSave } from '../../components/answers/use-save.ts';
import { DeliveryHours } from '../../components/endpoints/delivery-hours.tsx';
import { DeliveryLog } from '../../components/endpoints/delivery-log.tsx';
import { EnableSwitch } from '../../components/endpoints/enable-switch.tsx';
import { EndpointForm } from '../../components/endpoints/endpoint-form.tsx';
import { EndpointState } from '../../components/endpoints/endpoint-state.tsx';
import { listWarnings } from '../../components/endpoints/endpoint-warnings.ts';
import { TestDialog } from '../../components/endpoints/test-dialog.tsx';
import { useCan } from '../../components/session/use-session.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Fact, Facts, Paste } from '../../ui/facts.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { RowMenu } from '../../ui/row-menu.tsx';

const at = (id: string) => ({ params: { path: { id } } });

export default function EndpointPage() {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false }) as { id: string };
  const can = useCan();
  const query = useQuery({ ...endpointsQuery, refetchInterval: 5000 });
  const endpoint = query.data?.find((one) => one.id === id);
  const [dialog, setDialog] = useState<'edit' | 'test' | null>(null);
  if (endpoint === undefined) {
    return (
      <Page title={t('settings.integration')}>
        <Loaded query={query}>{() => <EmptyState title={t('common.notFound')} />}</Loaded>
      </Page>
    );
  }
  const { librarySecret } = readShownOnce(id);
  const warnings = listWarnings(endpoint);
  return (
    <Page
      title={new URL(endpoint.url).host}
      text={endpoint.url}
      actions={can('endpoints.write') && <Actions endpoint={endpoint} onDialog={setDialog} />}
    >
      {warnings.length > 0 && (
        <Alert color="yellow" variant="outline" mb="md">
          {warnings.map((key) => (
            <div key={key}>{t(key)}</div>
          ))}
        </Alert>
      )}
      {librarySecret && (
        <Card title={t('endpoint.librarySecret')} note={t('endpoint.librarySecretText')}>
          <Paste label="whsec" value={librarySecret} copyLabel={t('common.copy')} />
        </Card>
      )}
      <Summary endpoint={endpoint} />
      <DeliveryHours endpointId={endpoint.id} />
      <DeliveryLog endpoint={endpoint} />
      {dialog === 'edit' && (
        <EndpointForm
          endpoint={endpoint}
          onClose={() => setDialog(null)}
          onSaved={() => setDialog(null)}
        />
      )}
      {dialog === 'test' && <TestDialog endpoint={endpoint} onClose={() => setDialog(null)} />}
    </Page>
  );
}

function Actions(props: { endpoint: Endpoint; onDialog(dialog: 'edit' | 'test'): void }) {
  const { endpoint, onDialog } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const remove = useSave({
    send: () => ask(client.DELETE('/api/v1/endpoints/{id}', at(endpoint.id))),
    touches: ['endpoints'],
    onDone: () => void navigate({ to: paths.settings('integration') }),
  });
  return (
    <>
      <EnableSwitch endpoint={endpoint} />
      <Button size="xs" variant="default" onClick={() => onDialog('test')}>
        {t('endpoint.test')}
      </Button>
      <Button size="xs" variant="default" onClick={() => onDialog('edit')}>
        {t('common.edit')}
      </Button>
      <RowMenu
        name={endpoint.url}
        actions={[
          {
            label: t('common.remove'),
            confirm: t('endpoint.removeText'),
            run: () => remove.mutate(undefined),
          },
        ]}
      />
    </>
  );
}

function Summary({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card title={t('endpoint.summary')}>
      <Facts>
        <Fact name={t('endpoint.state')}>
          <EndpointState endpoint={endpoint} />
        </Fact>
        <Fact name={t('endpoint.events')}>{endpoint.events.join(', ') || '–'}</Fact>
        <Fact name={t('endpoint.verifyTls')}>
          {endpoint.verifyTls ? t('common.yes') : t('common.no')}
        </Fact>
        <Fact name={t('endpoint.failures')}>{format.number(endpoint.failures)}</Fact>
        <Fact name={t('endpoint.lastSuccess')}>
          {endpoint.lastSuccessAt === null ? '–' : format.full(endpoint.lastSuccessAt)}
        </Fact>
      </Facts>
    </Card>
  );
}
