// A person's picture, or the initial where there is none or it cannot be loaded.
import { useState } from 'preact/hooks';
import { nameOf, type Person } from '../chat/state.ts';

export function Avatar({ person, channelId }: { person: Person; channelId: string | null }) {
  const [failed, setFailed] = useState<string | null>(null);
  const name = nameOf(person);
  const avatarUrl = pictureOf(person, channelId);
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

/** From our own origin: where the picture really lies is not told who the visitor is. */
function pictureOf({ id, avatarUrl }: Person, channelId: string | null): string | null {
  if (avatarUrl === null || channelId === null) return null;
  const { origin } = location;
  const own = new URL(avatarUrl, origin);
  if (own.origin === origin) return `${own.pathname}${own.search}`;
  return `/widget/picture?${new URLSearchParams({ channelId, agentId: id })}`;
}
