// One call: what it takes, what it answers, and a form that sends it.
import { useEffect, useState } from 'preact/hooks';
import { type Call, type Listed, type Parameter, readCall } from './read-document.ts';
import { SchemaTree } from './schema-tree.tsx';
import { TryForm } from './try-form.tsx';
import { wordBounds, wordType } from './word-schema.ts';

export function CallPage(props: { call: Listed; token: string; onToken(token: string): void }) {
  const { call: listed } = props;
  const [call, setCall] = useState<Call | null>(null);
  const [fault, setFault] = useState('');
  useEffect(() => {
    readCall(listed).then(setCall, (error: Error) => setFault(error.message));
  }, [listed]);
  return (
    <article>
      <a class="back" href="#/">
        All calls
      </a>
      <h1>
        <span class="method" data-method={listed.method}>
          {listed.method.toUpperCase()}
        </span>{' '}
        <code>{listed.path}</code>
      </h1>
      {fault !== '' && <p class="fault">{fault}</p>}
      {call === null && fault === '' && <p class="wait">Loading …</p>}
      {call !== null && (
        <>
          <p>{call.description ?? listed.text}</p>
          {call.security?.length === 0 && <p class="soft">Anybody may ask this.</p>}
          <Taken call={call} />
          <TryForm listed={listed} call={call} token={props.token} onToken={props.onToken} />
          <Answers call={call} />
        </>
      )}
    </article>
  );
}

function Taken({ call }: { call: Call }) {
  const { parameters = [], requestBody, schemas } = call;
  const body = Object.values(requestBody?.content ?? {})[0]?.schema;
  return (
    <>
      {parameters.length > 0 && (
        <>
          <h2>Parameters</h2>
          <ul class="tree">
            {parameters.map((one) => (
              <Taking key={`${one.in}:${one.name}`} parameter={one} call={call} />
            ))}
          </ul>
        </>
      )}
      {body && (
        <>
          <h2>Body</h2>
          <SchemaTree schema={body} schemas={schemas} />
        </>
      )}
    </>
  );
}

function Taking({ parameter, call }: { parameter: Parameter; call: Call }) {
  const { name, in: place, required, description, schema = {} } = parameter;
  const bounds = wordBounds(schema, call.schemas);
  return (
    <li>
      <code class="name">{name}</code> <span class="type">{wordType(schema, call.schemas)}</span>{' '}
      <small>
        {place}
        {required && ', required'}
        {bounds !== '' && `, ${bounds}`}
      </small>
      {(description ?? schema.description) && <p>{description ?? schema.description}</p>}
    </li>
  );
}

function Answers({ call }: { call: Call }) {
  return (
    <>
      <h2>Answers</h2>
      {Object.entries(call.responses ?? {}).map(([status, { description, content }]) => {
        const schema = Object.values(content ?? {})[0]?.schema;
        return (
          <details key={status} open={status.startsWith('2')}>
            <summary>
              <strong>{status}</strong> {description === 'Default Response' ? '' : description}
            </summary>
            {schema === undefined ? (
              <p class="soft">Nothing more is said of it.</p>
            ) : (
              <SchemaTree schema={schema} schemas={call.schemas} />
            )}
          </details>
        );
      })}
    </>
  );
}
