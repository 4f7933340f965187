// Stands before a server and can be gone, as if the server were.
import { onTestFinished } from 'vitest';
import { openProxy } from '../../src/torture/open-proxy.ts';

export interface TcpProxy {
  port: number;
  /** Nothing passes any more, and nobody is told: as when a cable is pulled behind the router. */
  freeze(): void;
  /** Cuts every connection and takes no new one. */
  goDown(): Promise<void>;
  /** After either. */
  comeBack(): Promise<void>;
}

export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const proxy = await openProxy(() => target);
  onTestFinished(proxy.close);
  const { port, stall, goDown, recover } = proxy;
  // What was held up is gone, as the connections are.
  const comeBack = async () => {
    await goDown();
    await recover();
  };
  return { port, freeze: stall, goDown, comeBack };
}
