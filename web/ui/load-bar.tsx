// How much of something is in use.
import classes from './ui.module.css';

export function LoadBar(props: { value: number; most: number; label: string; width?: number }) {
  const { value, most, label, width } = props;
  const share = most === 0 ? (value > 0 ? 1 : 0) : value / most;
  const tone = share > 1 ? 'bad' : share >= 1 ? 'warn' : 'accent';
  return (
    <div
      className={classes.bar}
      role="meter"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuemax={Math.max(most, value)}
      style={{ width }}
    >
      <i data-tone={tone} style={{ width: `${Math.min(100, share * 100)}%` }} />
    </div>
  );
}
