// Teams and skills, which narrow who gets a conversation.
import { useTranslation } from 'react-i18next';
import { GroupCard } from '../../components/people/group-card.tsx';
import { Page } from '../../ui/page.tsx';

export default function TeamsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('settings.teams')} text={t('teams.text')} narrow>
      <GroupCard kind="teams" />
      <GroupCard kind="skills" />
    </Page>
  );
}
