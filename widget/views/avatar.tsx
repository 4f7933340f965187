// A person's picture, or the initial where there is none or it cannot be loaded.
import { useState } from 'preact/hooks';
import type { Person } from '../chat/state.ts';

export function Avatar({ person }: { person: Person }) {
  const [failed, setFailed] = useState<string | null>(null);
  const { avatarUrl, name } = person;
  const initial = [...name.trim()][0]?.toUpperCase() ?? '?';
  return (
    <span class="avatar" aria-hidden="true">
      {avatarUrl !== null && avatarUrl !== failed ? (
        <img src={avatarUrl} alt="" onError={() => setFailed(avatarUrl)} />
      ) : (
        initial
      )}
    </span>
  );
}
