// Dialogs and menus that are fetched when they are first asked for, so that nobody waits for them before.
import { Button, Loader } from '@mantine/core';
import {
  type ComponentType,
  cloneElement,
  type MouseEvent,
  type ReactElement,
  type Ref,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { tryLater } from '../../live/try-later.ts';
import { holdKeys } from '../../live/use-keys.ts';
import { toasts } from '../../ui/toasts.tsx';
import { ErrorNote } from '../answers/error-note.tsx';
import { isPartMissing } from '../answers/part-missing.ts';
import { problemText } from '../answers/problem-text.ts';
import { EarlyTyping } from './early-typing.tsx';
import classes from './on-demand.module.css';

/** Somebody who has typed for so long without an answer means the page again. */
const HOLD_MS = 2500;
const SHOW_MS = 300;

export interface Part<Props> {
  /** Null until it has been fetched. */
  kept: ComponentType<Props> | null;
  fetch(): Promise<void>;
}

export function partOf<Props>(load: () => Promise<ComponentType<Props>>): Part<Props> {
  const part: Part<Props> = {
    kept: null,
    fetch: async () => {
      part.kept ??= await load();
    },
  };
  return part;
}

/**
 * Null until it is asked for and has come. What cannot be fetched is said, and is asked for no more.
 * `onFail`: it did not come, or Escape has given it up.
 */
export function usePart<Props>(
  part: Part<Props>,
  args: { asked: boolean; onFail(): void },
): ComponentType<Props> | null {
  const { asked } = args;
  const [, setCame] = useState(false);
  const onFail = useRef(args.onFail);
  onFail.current = args.onFail;
  useEffect(() => {
    if (!asked || part.kept !== null) return;
    let left = false;
    // What is typed meanwhile is meant for what comes: no letter of it may be taken for a shortcut.
    const release = holdKeys();
    const held = setTimeout(release, HOLD_MS);
    const giveUp = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      leave();
      onFail.current();
    };
    const leave = () => {
      left = true;
      clearTimeout(held);
      release();
      window.removeEventListener('keydown', giveUp, true);
    };
    window.addEventListener('keydown', giveUp, true);
    part
      .fetch()
      .then(() => left || setCame(true))
      .catch((error: unknown) => {
        if (left) return;
        tellMissing(error);
        onFail.current();
      })
      .finally(leave);
    return leave;
  }, [asked, part]);
  return asked ? part.kept : null;
}

function tellMissing(error: unknown): void {
  const reloads = isPartMissing(error) && navigator.onLine;
  toasts.show({
    // One is enough, however many parts are gone.
    id: 'part-missing',
    message: reloads ? <Outdated error={error} /> : problemText(error),
    color: 'red',
    autoClose: reloads ? false : 8000,
  });
}

function Outdated({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <>
      <div>{problemText(error)}</div>
      <Button size="compact-sm" variant="default" mt={8} onClick={() => location.reload()}>
        {t('common.reload')}
      </Button>
    </>
  );
}

/** A dialog that stands there while it is wanted. */
export function OnDemand<Props extends { onClose(): void }>(given: Props & { part: Part<Props> }) {
  const { part, ...props } = given;
  const Dialog = usePart(part, { asked: true, onFail: props.onClose });
  const [awaited, setAwaited] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setAwaited(false), HOLD_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <EarlyTyping asked={awaited} />
      {Dialog === null ? <Coming /> : <Dialog {...(props as unknown as Props)} />}
    </>
  );
}

/** Says that something is on its way, once that takes so long that it is felt. */
function Coming() {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status">
      {shown && (
        <div className={classes.coming}>
          <Loader size={16} />
          {t('common.loading')}
        </div>
      )}
    </div>
  );
}

export type MenuTarget = ReactElement<{
  ref?: Ref<HTMLButtonElement>;
  onClick?: (event: MouseEvent) => void;
  onPointerEnter?: () => void;
  onFocus?: () => void;
  'aria-haspopup'?: 'menu' | 'dialog';
  'aria-expanded'?: boolean;
}>;

/** A menu, or another thing that opens beside its button: fetched when that is pointed at or focused. */
export function MenuOnDemand<Props extends { target: MenuTarget }>(
  given: Props & { part: Part<Props>; kind?: 'menu' | 'dialog' },
) {
  const { part, kind = 'menu', ...props } = given;
  const [asked, setAsked] = useState(false);
  const Menu = usePart(part, { asked, onFail: () => setAsked(false) });
  const button = useRef<HTMLButtonElement>(null);
  const isThere = Menu !== null;
  useLayoutEffect(() => {
    // The menu draws its button anew: the focus of the old one is on nothing.
    if (isThere && document.activeElement === document.body) {
      button.current?.focus({ preventScroll: true });
    }
  }, [isThere]);
  if (Menu !== null) {
    const target = cloneElement(given.target, { ref: button });
    return <Menu {...({ ...props, target } as unknown as Props)} />;
  }
  // What could not be fetched ahead is said when it is wanted.
  const fetchAhead = () => void part.fetch().catch(() => {});
  return (
    <>
      {cloneElement(given.target, {
        onClick: () => setAsked(true),
        onPointerEnter: fetchAhead,
        onFocus: fetchAhead,
        'aria-haspopup': kind,
        'aria-expanded': false,
      })}
      {asked && <Coming />}
    </>
  );
}

/** Opens just after it is drawn: only so does a menu learn where the focus was, and give it back. */
export function useOpening() {
  const [opened, setOpened] = useState(false);
  useEffect(() => setOpened(true), []);
  return [opened, setOpened] as const;
}

/** Nothing until it has come, and asked for again and again: the page does well without it. */
export function WhenItComes<Props extends object>(given: Props & { part: Part<Props> }) {
  const { part, ...props } = given;
  const [, setCame] = useState(false);
  useEffect(() => {
    if (part.kept !== null) return;
    let left = false;
    const ask = () =>
      void part
        .fetch()
        .then(() => left || setCame(true))
        .catch(() => left || again.later());
    const again = tryLater(ask);
    ask();
    return () => {
      left = true;
      again.stop();
    };
  }, [part]);
  const Kept = part.kept;
  return Kept !== null && <Kept {...(props as unknown as Props)} />;
}

/** A part of a page; what cannot be fetched is said in its place. */
export function InPlace<Props extends object>(given: Props & { part: Part<Props> }) {
  const { part, ...props } = given;
  const [, setCame] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const asks = error === null;
  useEffect(() => {
    if (!asks || part.kept !== null) return;
    let left = false;
    part
      .fetch()
      .then(() => left || setCame(true))
      .catch((failed: unknown) => left || setError(failed));
    return () => {
      left = true;
    };
  }, [asks, part]);
  if (error !== null) return <ErrorNote error={error} onRetry={() => setError(null)} />;
  const Kept = part.kept;
  return Kept !== null && <Kept {...(props as unknown as Props)} />;
}
