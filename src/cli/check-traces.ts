// Whether the collector of OTEL_EXPORTER_OTLP_ENDPOINT takes traces; where there is none, there is nothing to say.
import { type Config, readTracesUrl } from '../config.ts';
import type { OutboundAnswer } from '../outbound/open-guarded-outbound.ts';
import { openOwnOutbound } from '../outbound/open-outbound.ts';
import type { Check } from './check.ts';

export async function checkTraces(config: Config): Promise<Check[]> {
  const url = readTracesUrl(config);
  if (url === null) return [];
  // Not loaded with the command.
  const { tryCollector } = await import('../telemetry/try-collector.ts');
  const outbound = openOwnOutbound();
  try {
    const answer = await tryCollector(config, { url, outbound });
    return [{ name: 'traces', ...judge(answer, new URL(url)) }];
  } finally {
    await outbound.close();
  }
}

function judge(answer: OutboundAnswer, { origin, pathname }: URL): Omit<Check, 'name'> {
  if (!answer.ok) {
    const says = `${origin}: ${answer.text} Check OTEL_EXPORTER_OTLP_ENDPOINT; OTLP over HTTP is usually at port 4318.`;
    return { state: 'failed', says };
  }
  if (answer.status < 300) return { state: 'ok', says: `${origin} takes them` };
  const says = `${origin} answers ${answer.status}. ${remedies[answer.status] ?? 'Its log says why.'}`;
  return { state: 'failed', says: says.replace('{path}', pathname) };
}

const remedies: Record<number, string> = {
  401: 'Check OTEL_EXPORTER_OTLP_HEADERS.',
  403: 'Check OTEL_EXPORTER_OTLP_HEADERS.',
  404: 'It knows no {path}: check OTEL_EXPORTER_OTLP_ENDPOINT.',
  405: 'It takes no POST to {path}: check OTEL_EXPORTER_OTLP_ENDPOINT.',
  415: 'It takes no http/protobuf: check which protocols it has switched on.',
};
