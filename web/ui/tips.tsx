// Explains a button to somebody who points at it for a moment: every element with `data-tip`.
import { type ComponentType, useEffect, useState } from 'react';

type Tip = ComponentType<{ target: HTMLElement; label: string }>;

const DELAY_MS = 400;
let kept: Tip | null = null;

export function Tips() {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  useEffect(() => {
    let pointed: HTMLElement | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const point = (next: HTMLElement | null) => {
      if (next === pointed) return;
      pointed = next;
      clearTimeout(timer);
      setTarget(null);
      if (next !== null) timer = setTimeout(() => void show(next), DELAY_MS);
    };
    const show = async (on: HTMLElement) => {
      // Without it the button still has its name.
      kept ??= await import('./tip.tsx').then(
        ({ Tip }) => Tip,
        () => null,
      );
      if (kept !== null && on === pointed && on.isConnected) setTarget(on);
    };
    const enter = ({ target, pointerType }: PointerEvent) =>
      point(
        pointerType === 'touch'
          ? null
          : ((target as Element).closest?.('[data-tip]') as HTMLElement | null),
      );
    const leave = () => point(null);
    const ends = ['pointerdown', 'keydown', 'scroll'] as const;
    document.addEventListener('pointerover', enter);
    document.documentElement.addEventListener('pointerleave', leave);
    for (const name of ends) document.addEventListener(name, leave, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointerover', enter);
      document.documentElement.removeEventListener('pointerleave', leave);
      for (const name of ends) document.removeEventListener(name, leave, true);
    };
  }, []);
  const Tip = kept;
  if (target === null || Tip === null) return null;
  return <Tip target={target} label={target.dataset.tip ?? ''} />;
}
