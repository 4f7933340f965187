// Tells that this tab is looked at: meanwhile nothing is pushed to the person's devices.
import { VISIBLE_EVERY_SECONDS } from '../../src/contract/push-kinds.ts';
import { client } from '../api/client.ts';

/** Answers how to end it. */
export function tellVisible(): () => void {
  // Another follows soon; whoever is signed out learns it elsewhere.
  const tell = (visible: boolean): void => {
    client.PUT('/api/v1/session/visible', { body: { visible }, keepalive: true }).catch(() => {});
  };
  const tellNow = (): void => tell(!document.hidden);
  const timer = setInterval(() => document.hidden || tell(true), 1000 * VISIBLE_EVERY_SECONDS);
  document.addEventListener('visibilitychange', tellNow);
  // A tab that is closed, or a phone that turns to another app.
  const leave = (): void => tell(false);
  window.addEventListener('pagehide', leave);
  tellNow();
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tellNow);
    window.removeEventListener('pagehide', leave);
  };
}
