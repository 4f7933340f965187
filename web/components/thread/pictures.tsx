// The pictures of a conversation, one at a time and as large as the window: arrows walk, + and - zoom.
import { ActionIcon, Group } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconExternalLink,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withoutDirections } from '../../../src/contract/visible-text.ts';
import { pictureUrl } from '../../api/picture-url.ts';
import type { Conversation, Message } from '../../api/shapes.ts';
import { messagesQuery } from '../../live/messages-cache.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { turnArrow } from '../../ui/turn-arrow.ts';
import { isPicture, safeUrl } from './picture-of.ts';
import classes from './pictures.module.css';

const steps: Record<string, 1 | -1> = { ArrowRight: 1, ArrowLeft: -1 };
const sizes: Record<string, 1 | -1> = { '+': 1, '=': 1, '-': -1 };
const ZOOMS = [1, 1.5, 2, 3, 4] as const;

export function Pictures(props: {
  conversation: Conversation;
  /** The address of the one that was chosen. */
  chosen: string;
  onClose(): void;
}) {
  const { conversation, chosen, onClose } = props;
  const { t } = useTranslation();
  const pictures = usePictures(conversation);
  const [at, setAt] = useState(chosen);
  const [zoom, setZoom] = useState(0);
  const nth = Math.max(
    0,
    pictures.findIndex(({ href }) => href === at),
  );
  const picture = pictures[nth];
  const go = (by: 1 | -1) => {
    const next = pictures[nth + by];
    if (next === undefined) return;
    setAt(next.href);
    setZoom(0);
  };
  const scale = (by: 1 | -1) => setZoom(Math.min(ZOOMS.length - 1, Math.max(0, zoom + by)));
  const onKey = (event: KeyboardEvent) => {
    const [step, size] = [steps[turnArrow(event)], sizes[event.key]];
    if (step !== undefined) go(step);
    else if (size !== undefined) scale(size);
    else return;
    event.preventDefault();
  };
  if (picture === undefined) return null;
  const title = t('pictures.title', { nth: nth + 1, number: pictures.length });
  return (
    <Dialog opened onClose={onClose} fullScreen title={title} onKeyDown={onKey}>
      <Group gap={6} mb="xs">
        <Tool label={t('pictures.previous')} isOff={nth === 0} onClick={() => go(-1)}>
          <IconChevronLeft size={20} />
        </Tool>
        <Tool label={t('pictures.next')} isOff={nth === pictures.length - 1} onClick={() => go(1)}>
          <IconChevronRight size={20} />
        </Tool>
        <Tool label={t('pictures.smaller')} isOff={zoom === 0} onClick={() => scale(-1)}>
          <IconZoomOut size={20} />
        </Tool>
        <Tool
          label={t('pictures.larger')}
          isOff={zoom === ZOOMS.length - 1}
          onClick={() => scale(1)}
        >
          <IconZoomIn size={20} />
        </Tool>
        <ActionIcon
          component="a"
          size={34}
          href={picture.href}
          target="_blank"
          rel="noreferrer"
          aria-label={t('pictures.open')}
          data-tip={t('pictures.open')}
        >
          <IconExternalLink size={20} />
        </ActionIcon>
        <span className={`${classes.name} cut`}>{picture.name}</span>
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is larger than the window must be scrolled by keys, too */}
      <div className={classes.stage} role="region" aria-label={title} tabIndex={0}>
        <img
          key={picture.href}
          className={classes.picture}
          style={{ width: zoom === 0 ? undefined : `${(ZOOMS[zoom] ?? 1) * 100}%` }}
          data-zoomed={zoom > 0 || undefined}
          src={pictureUrl(picture.href) ?? ''}
          alt={picture.name}
        />
      </div>
    </Dialog>
  );
}

function usePictures({ id, lastMessage }: Conversation) {
  return listPictures(useQuery(messagesQuery(id, lastMessage?.seq ?? 0)).data ?? []);
}

function listPictures(messages: readonly Message[]): { href: string; name: string }[] {
  return messages.flatMap(({ attachments }) =>
    attachments.flatMap(({ url, type, name }) => {
      const href = safeUrl(url);
      if (href === null || !isPicture(type)) return [];
      return [{ href, name: withoutDirections(name ?? '') }];
    }),
  );
}

function Tool(props: { label: string; isOff: boolean; onClick(): void; children: ReactNode }) {
  const { label, isOff, onClick, children } = props;
  return (
    <ActionIcon size={34} aria-label={label} data-tip={label} disabled={isOff} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}
