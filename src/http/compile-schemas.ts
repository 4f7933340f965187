// Compiles the schemas of a route, for its requests and answers, when they are first needed.
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
const check = makeChecks();
const makeWrite = makeWriterCompiler()({}, {});
const writes = new WeakMap<object, Write>();

function write(route: { schema: TSchema }): Write {
  const known = writes.get(route.schema);
  if (known !== undefined) return known;
  const made: Write = makeWrite(route as never);
  writes.set(route.schema, made);
  return made;
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
