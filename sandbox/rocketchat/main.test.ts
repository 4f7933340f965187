// The emulator as a process: commands in, lines out.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { makeCaller } from './test-caller.ts';

const program = fileURLToPath(new URL('./main.ts', import.meta.url));

test('it says whom to call as, takes a visitor, and acts as its agents by lines', async () => {
  const args = [program, '--port', '0', '--agents', 'ana', '--settings'];
  const settings = JSON.stringify({ API_Enable_Rate_Limiter: false });
  const child = spawn(process.execPath, [...args, settings], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const until = async (name: string) => {
    for (;;) {
      const said = JSON.parse(String((await lines.next()).value));
      if (name in said) return said;
    }
  };
  const tell = (command: object) => void child.stdin.write(`${JSON.stringify(command)}\n`);
  const { listening, bot } = await until('listening');
  const asVisitor = makeCaller(listening);
  await asVisitor.post('livechat/visitor', { visitor: { token: 't' } });
  const { room } = (await asVisitor.get('livechat/room', { token: 't' })).json;
  expect(await until('taken')).toEqual({ taken: room._id, by: 'ana' });
  tell({ do: 'answer', agent: 'ana', rid: room._id, text: 'Hello' });
  expect(await until('did')).toMatchObject({ did: 'answer', outcome: { msg: 'Hello' } });
  const { messages } = (await makeCaller(listening, bot).get(`livechat/${room._id}/messages`)).json;
  expect(messages).toMatchObject([{ msg: 'Hello', u: { username: 'ana' } }]);
  tell({ do: 'dance' });
  expect((await until('error')).error).toContain('answer');
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await until('calls')).toEqual({ calls: 3, webhooks: 0 });
  expect(await exited).toEqual([0, null]);
});
