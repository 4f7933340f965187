// How requests are checked and answers written by the schemas of their routes, each compiled when it is first needed.
import makeAjvCompiler from '@fastify/ajv-compiler';
import makeWriterCompiler from '@fastify/fast-json-stringify-compiler';
import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { useStorableFormats } from './use-storable-formats.ts';

interface Check {
  (value: unknown): unknown;
  errors?: unknown;
}

export interface SchemaCompilers {
  forRequests: FastifySchemaCompiler<TSchema>;
  forAnswers: FastifySerializerCompiler<TSchema>;
}

/**
 * Unknown fields are refused, not dropped. What comes in an address is text; in a body null is not ''.
 * `eager`: for whoever must know that all of them can be compiled. A server would start much later by it,
 * for routes that hardly anybody calls.
 */
export function makeSchemaCompilers({ eager = false } = {}): SchemaCompilers {
  const check = makeChecks();
  const write = makeWriterCompiler()({}, {});
  if (eager) return { forRequests: check as never, forAnswers: write as never };
  return {
    forRequests: (route) => {
      let compiled: Check | undefined;
      const lazily: Check = (value) => {
        compiled ??= check(route);
        const found = compiled(value);
        lazily.errors = compiled.errors;
        return found;
      };
      return lazily as never;
    },
    forAnswers: (route) => {
      let compiled: ((answer: unknown) => string) | undefined;
      return (answer) => {
        compiled ??= write(route as never);
        return compiled(answer);
      };
    },
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
