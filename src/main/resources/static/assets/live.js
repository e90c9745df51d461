import { pause } from './banner.js';

const REOPEN_SECONDS = 4;

/**
 * Calls whenever an experiment changes, perhaps once for several changes. A stream that broke or ended is opened again,
 * and begins with the experiment as it stands: so nothing is missed, and an experiment that goes on is noticed.
 *
 * @param {string} id the experiment's
 * @param {() => Promise<boolean>} changed not called again before it is done; gives whether it could be told
 * @param {AbortSignal} signal ends it
 */
export function follow(id, changed, signal) {
  let told = null;
  let newest = 'unknown';
  let busy = false;
  async function wake() {
    if (busy) {
      return;
    }
    busy = true;
    while (told !== newest && !signal.aborted) {
      const begun = performance.now();
      const current = newest;
      told = (await changed()) ? current : null;
      // a large experiment takes long to load: leave the page most of the time
      await pause(told === null ? REOPEN_SECONDS : Math.max(0.3, (4 * (performance.now() - begun)) / 1000), signal);
    }
    busy = false;
  }
  function open() {
    const source = new EventSource(`experiments/${id}/events`);
    for (const type of ['experiment', 'run', 'epoch']) {
      source.addEventListener(type, (event) => {
        newest = event.lastEventId;
        wake();
      });
    }
    source.addEventListener('error', async () => {
      source.close();
      wake();
      await pause(REOPEN_SECONDS, signal);
      if (!signal.aborted) {
        open();
      }
    });
    signal.addEventListener('abort', () => source.close());
  }
  open();
}
