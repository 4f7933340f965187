// A figure beside what it was in the span before: in words, with an arrow, and without a share of too few.
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { compareFigures } from './compare-figures.ts';

export function ChangeSince(props: {
  now: number | null;
  before: number | null;
  /** How many the figure is of, then and now, where it is no count itself. */
  of?: { now: number; before: number };
  /** A time in seconds. */
  isTime?: boolean;
}) {
  const { now, before, isTime = false } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { change, share } = compareFigures({ now, before, of: props.of });
  if (change === 'none') return t('before.none');
  const told = isTime ? format.longSpan(before ?? 0) : format.number(before ?? 0);
  if (change === 'few') return t('before.few', { before: told });
  if (change === 'same') return t('before.same', { before: told });
  const words = isTime
    ? ({ up: 'before.longer', down: 'before.shorter' } as const)
    : ({ up: 'before.more', down: 'before.less' } as const);
  return t(words[change], { share: format.share(share), before: told });
}
