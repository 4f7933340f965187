// The stand-in for a company's statistics as a process of its own: a line for each question.
import { parseArgs } from 'node:util';
import { type StatisticsAnswer, startStatistics } from './start-statistics.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4200' },
    answer: { type: 'string' },
  },
});

const standIn = await startStatistics({ port: Number(values.port) });
if (values.answer !== undefined) standIn.setAnswer(JSON.parse(values.answer) as StatisticsAnswer);
process.stdout.write(`STATISTICS_BASE_ENDPOINT=${standIn.url}\n`);

const stop = () => void standIn.stop();
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
