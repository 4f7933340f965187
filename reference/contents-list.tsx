// All calls by their subject, and a field that finds them.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { addressOf, type Listed } from './read-document.ts';

export function ContentsList({ calls, open }: { calls: Listed[]; open: Listed | undefined }) {
  const [wanted, setWanted] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const isTyping = (event.target as HTMLElement).matches('input, textarea, select');
      if (event.key !== '/' || isTyping) return;
      event.preventDefault();
      field.current?.focus();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
  const groups = useMemo(
    () => groupByTag(calls.filter((call) => fits(call, wanted))),
    [calls, wanted],
  );
  const found = groups.reduce((sum, [, some]) => sum + some.length, 0);
  return (
    <>
      <label class="search">
        <span class="spoken">Search calls</span>
        <input
          ref={field}
          type="search"
          placeholder="Search (press /)"
          value={wanted}
          onInput={({ currentTarget }) => setWanted(currentTarget.value)}
        />
      </label>
      <p class="spoken" role="status">
        {wanted === '' ? '' : `${found} found`}
      </p>
      {found === 0 && <p class="wait">No call fits.</p>}
      {groups.map(([tag, some]) => (
        <details key={tag} open={wanted !== '' || open?.tag === tag}>
          <summary>
            {tag} <small>{some.length}</small>
          </summary>
          <ul>
            {some.map((call) => (
              <li key={addressOf(call)}>
                <a
                  href={addressOf(call)}
                  aria-current={call === open ? 'page' : undefined}
                  title={call.text}
                >
                  <span class="method" data-method={call.method}>
                    {call.method.toUpperCase()}
                  </span>{' '}
                  <span class="path">{call.path.replace('/api/v1', '') || '/'}</span>
                </a>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </>
  );
}

/** Every word is somewhere in it. */
function fits({ method, path, tag, text }: Listed, wanted: string): boolean {
  const all = `${method} ${path} ${tag} ${text}`.toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

function groupByTag(calls: readonly Listed[]): [string, Listed[]][] {
  const groups = new Map<string, Listed[]>();
  for (const call of calls) groups.set(call.tag, [...(groups.get(call.tag) ?? []), call]);
  return [...groups].toSorted(([a], [b]) => a.localeCompare(b));
}
