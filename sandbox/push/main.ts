// The stand-in for a push service as a process of its own: prints a subscription, and what is pushed to it.
import { parseArgs } from 'node:util';
import { startPushService } from './start-push-service.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4400' },
    status: { type: 'string', default: '201' },
  },
});

const service = await startPushService({ port: Number(values.port) });
service.setAnswer({ status: Number(values.status) });
process.stdout.write(`${JSON.stringify(service.addDevice().subscription)}\n`);
let told = 0;
const telling = setInterval(() => {
  for (const one of service.messages.slice(told)) process.stdout.write(`${JSON.stringify(one)}\n`);
  told = service.messages.length;
}, 200);

const stop = () => {
  clearInterval(telling);
  void service.stop();
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
