// The schema of the chart's values: only variables that Usher reads, and none that the chart sets itself.
import { settings } from '../src/config.ts';

/** The chart says where it listens, where its data and its database are. */
const OWN = ['PORT', 'HOST', 'USHER_DATA_DIR', 'DATABASE_URL', 'MQTT_PORT'];

const text = { type: 'string' };
const named = { type: 'object', additionalProperties: text };
const anything = { type: 'object' };
const object = (properties: object, required: readonly string[] = []) => ({
  ...{ type: 'object', additionalProperties: false, properties },
  ...(required.length > 0 && { required }),
});

export function describeChartValues(): string {
  const variables = settings.filter(({ name }) => !OWN.includes(name));
  const plain = (description: string) => ({ type: ['string', 'number', 'boolean'], description });
  const reference = object({ secret: text, key: text }, ['secret', 'key']);
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...object(
      {
        image: object({
          ...{ repository: text, tag: text },
          pullPolicy: { enum: ['Always', 'IfNotPresent', 'Never'] },
          pullSecrets: { type: 'array', items: text },
        }),
        replicas: { type: 'integer', minimum: 1, maximum: 100 },
        database: object({ secret: { ...text, minLength: 1 }, key: { ...text, minLength: 1 } }, [
          'secret',
          'key',
        ]),
        settings: object(
          Object.fromEntries(variables.map(({ name, description }) => [name, plain(description)])),
        ),
        secrets: object(Object.fromEntries(variables.map(({ name }) => [name, reference]))),
        service: object({
          type: { enum: ['ClusterIP', 'NodePort', 'LoadBalancer'] },
          port: { type: 'integer', minimum: 1, maximum: 65_535 },
          annotations: named,
        }),
        ingress: {
          ...object({
            ...{ enabled: { type: 'boolean' }, className: text, host: text },
            ...{ tlsSecret: text, annotations: named },
          }),
          if: { properties: { enabled: { const: true } } },
          // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
          then: { properties: { host: { minLength: 1 } } },
        },
        resources: anything,
        startWithinSeconds: { type: 'integer', minimum: 30, maximum: 86_400 },
        leaveAfterSeconds: { type: 'integer', minimum: 0, maximum: 300 },
        endWithinSeconds: { type: 'integer', minimum: 40, maximum: 600 },
        serviceAccount: object({ annotations: named }),
        podAnnotations: named,
        podLabels: named,
        nodeSelector: named,
        tolerations: { type: 'array', items: anything },
        affinity: anything,
        global: anything,
      },
      ['image', 'replicas', 'database'],
    ),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
