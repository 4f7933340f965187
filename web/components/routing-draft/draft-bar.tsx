// What is changed and not in force yet, and what can be done with it: stands below every part of the page.
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskFirst } from '../../ui/ask-first.tsx';
import { ChangesDialog } from './changes-dialog.tsx';
import classes from './routing-draft.module.css';
import { wordCount } from './section-tabs.tsx';
import { useDraft } from './use-draft.tsx';
import { usePutPolicy } from './use-put-policy.ts';

export function DraftBar() {
  const { t } = useTranslation();
  const { changes, dirty, canRedo, readOnly, faults, isBehind } = useDraft();
  const { putDraft, isPending } = usePutPolicy();
  const [looking, setLooking] = useState(false);
  const shown = !readOnly && (dirty || canRedo);
  useRoomBelow(shown);
  if (!shown) return null;
  return (
    <section className={classes.bar} aria-label={t('routing.draft')}>
      <div className={classes.barText} role="status">
        {dirty ? (
          <>
            <strong>{wordCount(t, Math.max(1, changes.length))}</strong>{' '}
            <span>{t(faults.length > 0 ? 'routing.withFaults' : 'routing.notInForce')}</span>
          </>
        ) : (
          <span>{t('routing.nothingChanged')}</span>
        )}
      </div>
      <UndoButtons />
      {dirty && (
        <>
          <DiscardButton />
          <Button variant="default" onClick={() => setLooking(true)}>
            {t('routing.preview')}
          </Button>
          <Button disabled={faults.length > 0 || isBehind} loading={isPending} onClick={putDraft}>
            {t('routing.save')}
          </Button>
        </>
      )}
      <ChangesDialog opened={looking} onClose={() => setLooking(false)} />
    </section>
  );
}

/** What is said in the corner stands above the bar. */
function useRoomBelow(shown: boolean): void {
  useEffect(() => {
    if (!shown) return;
    const { dataset } = document.documentElement;
    dataset.bar = 'below';
    return () => void delete dataset.bar;
  }, [shown]);
}

function UndoButtons() {
  const { t } = useTranslation();
  const { canUndo, canRedo, undo, redo } = useDraft();
  return (
    <>
      <ActionIcon
        variant="transparent"
        aria-label={t('common.undo')}
        disabled={!canUndo}
        onClick={undo}
      >
        <IconArrowBackUp size={18} />
      </ActionIcon>
      <ActionIcon
        variant="transparent"
        aria-label={t('routing.redo')}
        disabled={!canRedo}
        onClick={redo}
      >
        <IconArrowForwardUp size={18} />
      </ActionIcon>
    </>
  );
}

function DiscardButton() {
  const { t } = useTranslation();
  const { changes, discard } = useDraft();
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setAsked(true)}>
        {t('common.discard')}
      </Button>
      <AskFirst
        opened={asked}
        onClose={() => setAsked(false)}
        title={t('routing.discardTitle')}
        text={t('routing.discardText', { changes: wordCount(t, Math.max(1, changes.length)) })}
        label={t('common.discard')}
        onYes={discard}
      />
    </>
  );
}
