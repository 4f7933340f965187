// Compiles the schemas of a route, for its requests and answers, when they are first needed.
import { hash } from 'node:crypto';
import makeAjvCompiler from '@fastify/ajv-compiler';
import makeWriterCompiler from '@fastify/fast-json-stringify-compiler';
import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { useStorableFormats } from './use-storable-formats.ts';

interface Check {
  (value: unknown): unknown;
  errors?: unknown;
}

type Write = (answer: unknown) => string;

export interface SchemaCompilers {
  forRequests: FastifySchemaCompiler<TSchema>;
  forAnswers: FastifySerializerCompiler<TSchema>;
}

/**
 * Unknown fields are refused, not dropped. Values in an address are text; in a body null is not ''.
 * `eager`: for callers that must know that all schemas compile. A server would start much later
 * with it, for routes that are hardly ever called.
 */
export function makeSchemaCompilers({ eager = false } = {}): SchemaCompilers {
  if (eager) return { forRequests: check as never, forAnswers: write as never };
  return {
    forRequests: (route) => {
      let compiled: Check | undefined;
      const lazily: Check = (value) => {
        compiled ??= check(route as never);
        const found = compiled(value);
        lazily.errors = compiled.errors;
        return found;
      };
      return lazily as never;
    },
    forAnswers: (route) => {
      let compiled: Write | undefined;
      return (answer) => {
        compiled ??= write(route);
        return compiled(answer);
      };
    },
  };
}

// Each schema is compiled once for the process, however many routes and servers use it.
const check = compileOnce(makeChecks());
const write = compileOnce<{ schema: TSchema }, Write>(makeWriterCompiler()({}, {}) as never);

/** A server may make its schemas anew: those that say the same are the same. */
function compileOnce<Route extends { schema: object; httpPart?: string }, Compiled>(
  compile: (route: Route) => Compiled,
): (route: Route) => Compiled {
  const known = new Map<string, Compiled>();
  return (route) => {
    const isBody = route.httpPart === 'body';
    const key = hash('sha256', `${isBody} ${JSON.stringify(route.schema)}`);
    const compiled = known.get(key) ?? compile(route);
    known.set(key, compiled);
    return compiled;
  };
}

function makeChecks(): (route: { httpPart?: string }) => Check {
  const build = makeAjvCompiler();
  const coerce = (coerceTypes: 'array' | false): ((route: object) => Check) => {
    const customOptions = { removeAdditional: false, coerceTypes };
    return build({}, { onCreate: useStorableFormats, customOptions }) as never;
  };
  const [forText, forBodies] = [coerce('array'), coerce(false)];
  return (route) => (route.httpPart === 'body' ? forBodies : forText)(route);
}
