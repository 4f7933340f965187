// Beside the conversation: the customer, what the company's systems know, and why it was routed as it was.
import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../api/shapes.ts';
import { withWords } from '../../i18n/start-i18n.ts';
import { useNarrow } from '../../ui/use-narrow.ts';
import { InPlace, partOf } from '../on-demand/on-demand.tsx';
import type { useVerbs } from '../verbs/use-verbs.ts';
import { ContactTab } from './contact-tab.tsx';
import classes from './panel.module.css';
import type { PanelState, PanelTab } from './use-panel.ts';

const activityTab = partOf(
  async () => (await withWords(import('./activity-tab.tsx'), 'reports', 'contacts')).default,
);
const whyTab = partOf(async () => {
  // Why tells rules in the words of the page on which they are written.
  return (await withWords(import('./why-tab.tsx'), 'whyNot', 'routing', 'offers')).WhyTab;
});
const tabs: PanelTab[] = ['customer', 'activity', 'why'];

export function CustomerPanel(props: {
  conversation: Conversation;
  verbs: ReturnType<typeof useVerbs>;
  panel: PanelState;
  onConsult: (() => void) | null;
}) {
  const { conversation, verbs, panel, onConsult } = props;
  const { t } = useTranslation();
  const isAlone = useNarrow('62em');
  const Area = isAlone ? 'main' : 'aside';
  return (
    <Area className={classes.panel} aria-label={t('panel.label')}>
      {isAlone && <h1 className="spoken">{t('panel.label')}</h1>}
      <div className={classes.tabs}>
        <div role="tablist" aria-label={t('panel.label')}>
          {tabs.map((tab) => (
            <UnstyledButton
              key={tab}
              role="tab"
              id={`panel-tab-${tab}`}
              aria-selected={panel.tab === tab}
              aria-controls="panel-body"
              className={classes.tab}
              onClick={() => panel.show(tab)}
            >
              {t(`panel.${tab}`)}
            </UnstyledButton>
          ))}
        </div>
        <ActionIcon size={28} aria-label={t('panel.close')} onClick={() => panel.show(null)}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <div
        id="panel-body"
        className={classes.body}
        role="tabpanel"
        aria-labelledby={`panel-tab-${panel.tab}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus
        tabIndex={0}
      >
        {panel.tab === 'customer' && <ContactTab {...{ conversation, verbs, onConsult }} />}
        {panel.tab === 'activity' && <InPlace part={activityTab} conversation={conversation} />}
        {panel.tab === 'why' && <InPlace part={whyTab} conversation={conversation} panel={panel} />}
      </div>
    </Area>
  );
}
