// The figures of the changed run beside those of the first one.
import { useTranslation } from 'react-i18next';
import type { SimulationFigures } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Tile, Tiles } from '../../ui/page.tsx';
import { type Estimate, isDifferent, sumRun, type Totals } from './compare.ts';
import { Figure } from './figure.tsx';

/** `changed`: null: nothing was changed yet. */
export function LabTiles(props: { first: SimulationFigures; changed: SimulationFigures | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const first = sumRun(props.first);
  const changed = props.changed === null ? null : sumRun(props.changed);
  const { seconds, fineShare: share } = format;
  const write = ({ value, ci }: Estimate, word: (value: number) => string) =>
    ci === null ? word(value) : `${word(value)} ± ${word(ci)}`;
  const none = { value: 0, ci: 0 };
  const tile = (label: string, of: keyof Totals, word = share) => {
    const [now, was] = [(changed ?? first)[of] ?? none, first[of] ?? none];
    const differs = changed === null ? null : isDifferent(was, now);
    const before = changed && t('lab.before', { value: write(was, word) });
    const verdict = differs !== null && t(differs ? 'lab.differs' : 'lab.noDifference');
    return (
      <Tile
        label={label}
        value={
          <span style={{ fontSize: 18 }}>
            <Figure estimate={now} say={word} />
          </span>
        }
        note={[before, verdict].filter(Boolean).join(' · ')}
      />
    );
  };
  const { runs = 1 } = (props.changed ?? props.first).repeated ?? {};
  return (
    <>
      <p>{runs > 1 ? t('lab.runs', { count: runs }) : t('lab.oneRun')}</p>
      <Tiles>
        {tile(t('lab.meanWait'), 'meanWait', seconds)}
        {(first.p95 ?? changed?.p95) != null && tile(t('lab.p95'), 'p95', seconds)}
        {(first.firstAnswer ?? changed?.firstAnswer) != null &&
          tile(t('lab.firstAnswer'), 'firstAnswer', seconds)}
        {tile(t('lab.waited'), 'waited')}
        {tile(t('lab.inTime'), 'withinMinute')}
        {tile(t('lab.left'), 'left')}
        {tile(t('lab.lost'), 'lost')}
        {(first.byBot ?? changed?.byBot) != null && tile(t('lab.byBot'), 'byBot')}
        {tile(t('lab.evenness'), 'evenness', format.index)}
        {tile(t('lab.overCapacity'), 'overCapacity', format.number)}
      </Tiles>
    </>
  );
}
