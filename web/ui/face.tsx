// A person's picture, or initials on a colour that stays the same for the same person.
import { useState } from 'react';
import classes from './ui.module.css';

export function Face({
  name,
  url,
  size = 32,
}: {
  name: string;
  url?: string | null;
  size?: number;
}) {
  const [failed, setFailed] = useState<string | null>(null);
  const hue = hueOf(name);
  return (
    <span
      aria-hidden
      className={classes.face}
      style={{
        width: size,
        height: size,
        fontSize: Math.round(size * 0.38),
        background: `light-dark(hsl(${hue} 45% 90%), hsl(${hue} 28% 24%))`,
        color: `light-dark(hsl(${hue} 50% 27%), hsl(${hue} 45% 84%))`,
      }}
    >
      {url && url !== failed ? (
        <img src={url} alt="" loading="lazy" onError={() => setFailed(url)} />
      ) : (
        initialsOf(name)
      )}
    </span>
  );
}

export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = [...(words[0] ?? '?')][0] ?? '?';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toUpperCase();
}

function hueOf(name: string): number {
  let sum = 7;
  for (const sign of name) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 3600;
  return Math.round(sum / 10);
}
