import { pause } from './banner.js';

/**
 * Calls whenever an experiment changes, perhaps once for several changes. A broken stream is opened again, which begins
 * with the experiment as it stands, so nothing is missed.
 *
 * @param {string} id the experiment's
 * @param {() => Promise<void>} changed not called again before it is done
 * @param {AbortSignal} signal ends it
 */
export function follow(id, changed, signal) {
  let stale = false;
  let busy = false;
  async function wake() {
    stale = true;
    if (busy) {
      return;
    }
    busy = true;
    while (stale && !signal.aborted) {
      stale = false;
      const begun = performance.now();
      await changed();
      // a large experiment takes long to load: leave the page most of the time
      await pause(Math.max(0.3, (4 * (performance.now() - begun)) / 1000), signal);
    }
    busy = false;
  }
  function open() {
    const source = new EventSource(`experiments/${id}/events`);
    for (const type of ['experiment', 'run', 'epoch']) {
      source.addEventListener(type, wake);
    }
    source.addEventListener('error', async () => {
      source.close();
      wake();
      await pause(2, signal);
      if (!signal.aborted) {
        open();
      }
    });
    signal.addEventListener('abort', () => source.close());
  }
  open();
}
