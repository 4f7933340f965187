// Who gets a conversation: one draft of the whole policy, its parts, and the bar that puts it in force.
import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { policyInForceQuery } from '../../api/policy-queries.ts';
import { Loaded } from '../../components/answers/loaded.tsx';
import { ConflictNote } from '../../components/routing-draft/conflict-note.tsx';
import { DraftBar } from '../../components/routing-draft/draft-bar.tsx';
import { ReadOnlyNote } from '../../components/routing-draft/read-only-note.tsx';
import classes from '../../components/routing-draft/routing-draft.module.css';
import { SectionTabs } from '../../components/routing-draft/section-tabs.tsx';
import { DraftProvider, useDraft } from '../../components/routing-draft/use-draft.tsx';
import { Page } from '../../ui/page.tsx';
import { Pill } from '../../ui/pill.tsx';

export default function RoutingPage() {
  const { t } = useTranslation();
  const query = useQuery(policyInForceQuery);
  if (query.data === undefined) {
    return (
      <Page title={t('settings.routing')} text={t('routing.text')}>
        <Loaded query={query} height={360}>
          {() => null}
        </Loaded>
      </Page>
    );
  }
  return (
    <DraftProvider latest={query.data}>
      <div className={classes.frame}>
        <Page title={t('settings.routing')} text={t('routing.text')} actions={<InForce />}>
          <ReadOnlyNote />
          <ConflictNote />
          <SectionTabs />
          <Outlet />
        </Page>
        <DraftBar />
      </div>
    </DraftProvider>
  );
}

function InForce() {
  const { t } = useTranslation();
  const { latest } = useDraft();
  return (
    <Pill>
      {t('routing.inForce')}: {t('routing.version', { version: latest.version })}
    </Pill>
  );
}
