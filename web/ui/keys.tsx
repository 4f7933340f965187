// Keys as they are printed on the keyboard.
import classes from './ui.module.css';

export function Keys({ keys }: { keys: string }) {
  return (
    <span dir="ltr" style={{ display: 'inline-flex', gap: 3 }}>
      {keys.split(' ').map((key) => (
        <kbd key={key} className={classes.key}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
