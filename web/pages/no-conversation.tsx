// Shown beside the list while no conversation is open.
import { IconMessages } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from '../components/inbox/inbox.module.css';
import { EmptyState } from '../ui/empty-state.tsx';
import { isMac } from '../ui/is-mac.ts';
import { Keys } from '../ui/keys.tsx';
import ui from '../ui/ui.module.css';

export default function NoConversationPage() {
  const { t } = useTranslation();
  return (
    <main className={ui.nothing}>
      <EmptyState
        icon={<IconMessages size={22} />}
        title={t('inbox.choose')}
        text={t('inbox.chooseText')}
      >
        <div className={classes.nothingKeys}>
          <Keys keys="j k" /> {t('keys.next')}
          <Keys keys="r" /> {t('keys.reply')}
          <Keys keys="e" /> {t('keys.close')}
          <Keys keys={isMac ? '⌘ K' : 'Ctrl K'} /> {t('keys.commands')}
          <Keys keys="?" /> {t('keys.help')}
        </div>
      </EmptyState>
    </main>
  );
}
