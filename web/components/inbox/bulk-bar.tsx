// What can be done with the selected conversations, and which of them it was not done with.
import { ActionIcon, CloseButton, Menu, UnstyledButton } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowsRightLeft,
  IconCheck,
  IconFlag,
  IconListCheck,
  IconTag,
} from '@tabler/icons-react';
import i18next from 'i18next';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkOutcome, Conversation } from '../../api/shapes.ts';
import { select, useSelection } from '../../live/selection.ts';
import { useKeys } from '../../live/use-keys.ts';
import { TagDialog } from '../verbs/tag-dialog.tsx';
import { BulkClose, BulkTransfer } from './bulk-dialogs.tsx';
import classes from './inbox.module.css';
import { type NotDone, useBulk } from './use-bulk.ts';

const MOST = 100;
const priorities = ['low', 'normal', 'high', 'urgent'] as const;

export function BulkBar({ rows }: { rows: readonly Conversation[] }) {
  const { t } = useTranslation();
  const selection = useSelection();
  const chosen = rows.filter(({ id }) => selection?.has(id));
  const bulk = useBulk(chosen);
  const [dialog, setDialog] = useState<'close' | 'transfer' | 'tag' | null>(null);
  const isFit = chosen.length > 0 && chosen.length <= MOST && !bulk.busy;
  const requeue = () => void bulk.run({ requeue: {} });
  // Also while nothing can be done: no key may then mean the conversation that is open.
  const ifFit = (act: () => void) => () => isFit && act();
  useKeys({
    close: ifFit(() => setDialog('close')),
    assign: ifFit(() => setDialog('transfer')),
    tag: ifFit(() => setDialog('tag')),
    requeue: ifFit(requeue),
  });
  const end = () => setDialog(null);
  return (
    <section className={classes.bulk} aria-label={t('bulk.label')} aria-busy={bulk.busy}>
      <div className={classes.bulkLine}>
        <span role="status">
          {bulk.busy ? t('bulk.working') : t('bulk.selected', { number: chosen.length })}
        </span>
        <Tool label={t('bulk.all')} onClick={() => selectAll(rows)} isOff={rows.length === 0}>
          <IconListCheck size={17} />
        </Tool>
        <Tool label={t('bulk.close')} onClick={() => setDialog('close')} isOff={!isFit}>
          <IconCheck size={17} />
        </Tool>
        <Tool label={t('bulk.transfer')} onClick={() => setDialog('transfer')} isOff={!isFit}>
          <IconArrowsRightLeft size={17} />
        </Tool>
        <Tool label={t('verb.tag')} onClick={() => setDialog('tag')} isOff={!isFit}>
          <IconTag size={17} />
        </Tool>
        <Priorities isOff={!isFit} onChoose={(priority) => void bulk.run({ priority })} />
        <Tool label={t('bulk.requeue')} onClick={requeue} isOff={!isFit}>
          <IconArrowBackUp size={17} />
        </Tool>
        <CloseButton
          size={26}
          aria-label={t('keys.unselect')}
          data-tip={t('keys.unselect')}
          onClick={() => select(null)}
        />
      </div>
      {chosen.length > MOST && <div role="alert">{t('bulk.most')}</div>}
      <Refusals notDone={bulk.notDone} onForget={bulk.forget} />
      {dialog === 'close' && (
        <BulkClose
          number={chosen.length}
          onClose={end}
          onRun={(close) => void bulk.run({ close })}
        />
      )}
      {dialog === 'transfer' && (
        <BulkTransfer onClose={end} onRun={(transfer) => void bulk.run({ transfer })} />
      )}
      {dialog === 'tag' && (
        <TagDialog
          tags={tagsOfAll(chosen)}
          onClose={end}
          onChoose={(tag, isOn) =>
            void bulk.run({ tags: isOn ? { remove: [tag] } : { add: [tag] } })
          }
        />
      )}
    </section>
  );
}

function selectAll(rows: readonly Conversation[]): void {
  select(new Set(rows.map(({ id }) => id)));
}

function tagsOfAll(rows: readonly Conversation[]): string[] {
  const [first, ...others] = rows;
  return (first?.tags ?? []).filter((tag) => others.every(({ tags }) => tags.includes(tag)));
}

function Tool(props: { label: string; isOff: boolean; onClick(): void; children: ReactNode }) {
  const { label, isOff, onClick, children } = props;
  return (
    <ActionIcon size={26} aria-label={label} data-tip={label} disabled={isOff} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}

function Priorities(props: {
  isOff: boolean;
  onChoose(priority: (typeof priorities)[number]): void;
}) {
  const { t } = useTranslation();
  return (
    <Menu position="top" width={160}>
      <Menu.Target>
        <ActionIcon
          size={26}
          aria-label={t('priority.title')}
          data-tip={t('priority.title')}
          disabled={props.isOff}
        >
          <IconFlag size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {priorities.map((priority) => (
          <Menu.Item key={priority} onClick={() => props.onChoose(priority)}>
            {t(`priority.${priority}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Refusals({ notDone, onForget }: { notDone: readonly NotDone[]; onForget(): void }) {
  const { t } = useTranslation();
  if (notDone.length === 0) return null;
  return (
    <div role="alert">
      <div className={classes.bulkLine}>
        <span>{t('bulk.refused', { number: notDone.length })}</span>
        <UnstyledButton fz="inherit" onClick={onForget}>
          {t('common.clear')}
        </UnstyledButton>
      </div>
      <ul className={classes.refused}>
        {notDone.map(({ id, name, outcome }) => (
          <li key={id}>
            <b>{name}</b>: {outcome.problem === null ? t('bulk.notBegun') : why(outcome.problem)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** In the reader's language, else in the server's own words. */
function why({ code, detail }: NonNullable<BulkOutcome['problem']>): string {
  const key = `problem.${code}`;
  return i18next.exists(key) ? i18next.t(key as 'problem.network') : detail;
}
