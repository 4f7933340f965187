// Sends the call to this server and shows what it answers.
import { useState } from 'preact/hooks';
import type { Call, Listed } from './read-document.ts';
import { TokenField } from './token-field.tsx';
import { sampleOf } from './word-schema.ts';
import { type Request, writeCurl, writeRequest } from './write-request.ts';

interface Answered {
  status: number;
  ms: number;
  headers: string;
  body: string;
}
/** More would take the browser too long to draw. */
const MOST_SHOWN = 100_000;

export function TryForm(props: {
  listed: Listed;
  call: Call;
  token: string;
  onToken(token: string): void;
}) {
  const { listed, call, token, onToken } = props;
  const { parameters = [], requestBody, schemas } = call;
  const schema = requestBody?.content?.['application/json']?.schema;
  const [values, setValues] = useState<Record<string, string>>({});
  const [body, setBody] = useState(() =>
    schema === undefined ? null : JSON.stringify(sampleOf(schema, schemas), null, 2),
  );
  const [answered, setAnswered] = useState<Answered | null>(null);
  const [fault, setFault] = useState('');
  const [isUnderWay, setUnderWay] = useState(false);
  const sent = body !== null && body.trim() === '' ? null : body;
  const request = writeRequest(listed, { parameters, values, body: sent, token });
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const wrong = findFault(sent);
    setFault(wrong);
    setAnswered(null);
    if (wrong !== '') return;
    setUnderWay(true);
    try {
      setAnswered(await ask(request));
    } catch (error) {
      setFault(`Nothing came back: ${(error as Error).message}`);
    } finally {
      setUnderWay(false);
    }
  };
  return (
    <section aria-label="Try it" class="try">
      <h2>Try it</h2>
      <form onSubmit={(event) => void send(event)}>
        <TokenField token={token} onToken={onToken} />
        {parameters.map(({ name, in: place, required }) => (
          <label key={`${place}:${name}`} class="field">
            <span>
              {name} <small>{place}</small>
            </span>
            <input
              value={values[`${place}:${name}`] ?? ''}
              required={required === true}
              onInput={({ currentTarget }) =>
                setValues({ ...values, [`${place}:${name}`]: currentTarget.value })
              }
            />
          </label>
        ))}
        {body !== null && (
          <label class="field">
            <span>
              Body <small>JSON</small>
            </span>
            <textarea
              rows={Math.min(16, body.split('\n').length + 1)}
              spellcheck={false}
              value={body}
              onInput={({ currentTarget }) => setBody(currentTarget.value)}
            />
          </label>
        )}
        <button type="submit" disabled={isUnderWay}>
          {isUnderWay ? 'Sending …' : 'Send'}
        </button>
      </form>
      <details>
        <summary>As a line for a terminal</summary>
        <Text label="curl">{writeCurl(request, location.origin)}</Text>
      </details>
      <div role="status">
        {fault !== '' && <p class="fault">{fault}</p>}
        {answered !== null && (
          <>
            <p>
              <strong data-good={answered.status < 400}>{answered.status}</strong>{' '}
              <small>after {answered.ms} ms</small>
            </p>
            <Text label="Answer">{answered.body}</Text>
          </>
        )}
      </div>
      {answered !== null && (
        <details>
          <summary>Headers</summary>
          <Text label="Headers">{answered.headers}</Text>
        </details>
      )}
    </section>
  );
}

/** Scrolled by keyboard too. */
function Text({ label, children }: { label: string; children: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus
    <pre tabIndex={0} role="group" aria-label={label}>
      {children === '' ? '(empty)' : children}
    </pre>
  );
}

function findFault(body: string | null): string {
  if (body === null) return '';
  try {
    JSON.parse(body);
    return '';
  } catch (error) {
    return `The body is no JSON: ${(error as Error).message}`;
  }
}

async function ask({ url, method, headers, body }: Request): Promise<Answered> {
  const began = performance.now();
  const answer = await fetch(url, {
    method,
    headers,
    ...(body === undefined || method === 'GET' ? {} : { body }),
  });
  const text = await answer.text();
  const isJson = (answer.headers.get('content-type') ?? '').includes('json');
  const shown = isJson && text !== '' ? JSON.stringify(JSON.parse(text), null, 2) : text;
  return {
    status: answer.status,
    ms: Math.round(performance.now() - began),
    headers: [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n'),
    body:
      shown.length > MOST_SHOWN
        ? `${shown.slice(0, MOST_SHOWN)}\n… ${shown.length} characters in all`
        : shown,
  };
}
