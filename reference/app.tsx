// The list of calls beside the one that is open; the address names it, so that it can be linked.
import { useEffect, useState } from 'preact/hooks';
import { CallPage } from './call-page.tsx';
import { ContentsList } from './contents-list.tsx';
import { addressOf, type Contents, readContents } from './read-document.ts';
import { TokenField } from './token-field.tsx';

export function App() {
  const [contents, setContents] = useState<Contents | null>(null);
  const [fault, setFault] = useState('');
  const [address, setAddress] = useState(location.hash);
  const [token, setToken] = useState('');
  useEffect(() => {
    const load = () => readContents().then(setContents, (error: Error) => setFault(error.message));
    const follow = () => setAddress(location.hash);
    void load();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const open = contents?.calls.find((call) => addressOf(call) === decodeURI(address));
  useEffect(() => {
    document.title = open ? `${open.method.toUpperCase()} ${open.path} · Usher` : 'API · Usher';
    document.querySelector('main')?.scrollTo(0, 0);
  }, [open]);
  return (
    <>
      <button
        type="button"
        class="skip"
        onClick={() => document.getElementById('content')?.focus()}
      >
        Skip the list of calls
      </button>
      <header class="top">
        <a href="#/" class="brand">
          <img src="/icon.svg" alt="" width="22" height="22" />
          Usher API
        </a>
        <a href="/openapi.json">openapi.json</a>
        <a href="/">Back office</a>
      </header>
      <div class="panes" data-open={open !== undefined}>
        <nav aria-label="Calls">
          {contents === null ? (
            <p class="wait">{fault === '' ? 'Loading …' : fault}</p>
          ) : (
            <ContentsList calls={contents.calls} open={open} />
          )}
        </nav>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus */}
        <main id="content" tabIndex={0}>
          {open === undefined ? (
            <Introduction contents={contents} token={token} onToken={setToken} />
          ) : (
            <CallPage key={addressOf(open)} call={open} token={token} onToken={setToken} />
          )}
        </main>
      </div>
    </>
  );
}

function Introduction(props: {
  contents: Contents | null;
  token: string;
  onToken(token: string): void;
}) {
  const { contents, token, onToken } = props;
  const unknown = location.hash.length > 2 && contents !== null;
  return (
    <article>
      <h1>The API of this server</h1>
      {unknown && <p class="fault">There is no such call. Choose one from the list.</p>}
      <p>{contents?.description}</p>
      <h2>Who asks</h2>
      <p>
        Requests that you send from this page are asked in the name of the token below. Without one
        they are asked in your own name if you are signed in to the back office in this browser.
        They change what is really there.
      </p>
      <TokenField token={token} onToken={onToken} />
      {contents !== null && (
        <p class="soft">{contents.calls.length} calls. Choose one from the list.</p>
      )}
    </article>
  );
}
