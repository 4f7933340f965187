// A placeholder for messages.
import { Skeleton } from '@mantine/core';
import classes from './thread.module.css';

export function ThreadSkeleton() {
  return (
    <div aria-hidden>
      {[
        ['them', 55],
        ['them', 35],
        ['us', 60],
        ['them', 40],
        ['us', 30],
      ].map(([side, width]) => (
        <div key={`${side}-${width}`} className={classes.group} data-side={side}>
          <Skeleton circle height={28} />
          <div className={classes.bubbles}>
            <Skeleton height={36} radius={13} width={`${width}%`} />
          </div>
        </div>
      ))}
    </div>
  );
}
