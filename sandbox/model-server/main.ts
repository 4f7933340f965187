// The stand-in for a server of language models as a process of its own.
import { parseArgs } from 'node:util';
import { startModelServer } from './start-model-server.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4300' },
    model: { type: 'string', default: 'stand-in' },
    key: { type: 'string' },
  },
});

const { model, key } = values;
const standIn = await startModelServer({ port: Number(values.port), model, key });
process.stdout.write(`AI_BASE_URL=${standIn.url} AI_MODEL=${model}\n`);

const stop = () => void standIn.stop();
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
