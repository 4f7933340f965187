// Sends a collector of traces a request without spans, which is one as well: whether it takes what is sent.
import { parseKeyPairsIntoRecord } from '@opentelemetry/core';
import type { Config } from '../config.ts';
import type { Outbound, OutboundAnswer } from '../outbound/open-guarded-outbound.ts';

export function tryCollector(
  config: Pick<Config, 'OTEL_EXPORTER_OTLP_HEADERS' | 'OTEL_EXPORTER_OTLP_TIMEOUT'>,
  { url, outbound }: { url: string; outbound: Pick<Outbound, 'send'> },
): Promise<OutboundAnswer> {
  return outbound.send({
    ...{ url, method: 'POST', verifyTls: true, body: Buffer.alloc(0) },
    timeoutMs: config.OTEL_EXPORTER_OTLP_TIMEOUT,
    headers: {
      ...parseKeyPairsIntoRecord(config.OTEL_EXPORTER_OTLP_HEADERS),
      'content-type': 'application/x-protobuf',
    },
  });
}
