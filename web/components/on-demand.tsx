// Dialogs and menus that are fetched when they are first asked for, so that nobody waits for them before.
import { notifications } from '@mantine/notifications';
import {
  type ComponentType,
  cloneElement,
  type MouseEvent,
  type ReactElement,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { holdKeys } from '../live/use-keys.ts';
import { problemText } from './problem-text.ts';

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

/** Null until it is asked for and has come. What cannot be fetched is said, and is asked for no more. */
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
    part
      .fetch()
      .then(() => left || setCame(true))
      .catch((error: unknown) => {
        if (left) return;
        notifications.show({ message: problemText(error), color: 'red', autoClose: 8000 });
        onFail.current();
      })
      .finally(release);
    return () => {
      left = true;
      release();
    };
  }, [asked, part]);
  return asked ? part.kept : null;
}

/** A dialog that stands there while it is wanted. */
export function OnDemand<Props extends { onClose(): void }>(given: Props & { part: Part<Props> }) {
  const { part, ...props } = given;
  const { t } = useTranslation();
  const Dialog = usePart(part, { asked: true, onFail: props.onClose });
  if (Dialog !== null) return <Dialog {...(props as unknown as Props)} />;
  return (
    <span className="spoken" role="status">
      {t('common.loading')}
    </span>
  );
}

export type MenuTarget = ReactElement<{
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
  if (Menu !== null) return <Menu {...(props as unknown as Props)} />;
  // What could not be fetched ahead is said when it is wanted.
  const fetchAhead = () => void part.fetch().catch(() => {});
  return cloneElement(given.target, {
    onClick: () => setAsked(true),
    onPointerEnter: fetchAhead,
    onFocus: fetchAhead,
    'aria-haspopup': kind,
    'aria-expanded': false,
  });
}
