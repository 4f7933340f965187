// Where traces are sent, and which: the variables of OpenTelemetry by their own names.
import { Type } from 'typebox';
import { Text } from './shapes.ts';

const Address = (description: string) =>
  Type.Optional(Type.String({ description, pattern: '^https?://[^/\\s]\\S*$', maxLength: 2048 }));

export const tracing = {
  OTEL_EXPORTER_OTLP_ENDPOINT: Address(
    'Where traces are sent by OTLP over HTTP, as http://127.0.0.1:4318; /v1/traces is added. Without it there are no traces.',
  ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: Address('The same, as it is: nothing is added.'),
  OTEL_EXPORTER_OTLP_HEADERS: Text(
    'Sent with traces, as name=value,name=value; values percent-encoded.',
  ),
  OTEL_EXPORTER_OTLP_PROTOCOL: Type.String({
    description: 'Usher sends http/protobuf, whatever this says.',
    default: 'http/protobuf',
  }),
  OTEL_EXPORTER_OTLP_TIMEOUT: Type.Integer({
    description: 'How long sending a batch of traces may take, in milliseconds.',
    default: 10_000,
    minimum: 1,
    maximum: 60_000,
  }),
  OTEL_SERVICE_NAME: Type.String({
    description: 'What this installation is called in traces.',
    default: 'usher',
    minLength: 1,
    maxLength: 255,
  }),
  OTEL_RESOURCE_ATTRIBUTES: Text(
    'What else traces say of it, as name=value,name=value; values percent-encoded.',
  ),
  OTEL_TRACES_SAMPLER: Type.Enum(
    [
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ],
    {
      description: 'Which requests are recorded.',
      default: 'parentbased_always_on',
    },
  ),
  OTEL_TRACES_SAMPLER_ARG: Type.Number({
    description: 'For traceidratio: the share of requests that are recorded, from 0 to 1.',
    default: 1,
    minimum: 0,
    maximum: 1,
  }),
  OTEL_BSP_SCHEDULE_DELAY: Type.Integer({
    description: 'How long what is recorded waits to be sent together, in milliseconds.',
    default: 5000,
    minimum: 1,
    maximum: 60_000,
  }),
  OTEL_BSP_MAX_QUEUE_SIZE: Type.Integer({
    description: 'How many spans wait to be sent; more are dropped.',
    default: 2048,
    minimum: 1,
    maximum: 100_000,
  }),
  OTEL_SDK_DISABLED: Type.Boolean({
    description: 'true: no traces, whatever else is set.',
    default: false,
  }),
  USHER_TRUSTED_TRACE_SOURCES: Type.String({
    description:
      'Whose traces are continued, by the header traceparent of their requests: addresses or CIDR, separated by commas; loopback means this machine; none means nobody. Name only what makes that header itself: a proxy that passes on what strangers send lets them decide what is recorded.',
    default: 'none',
  }),
};
