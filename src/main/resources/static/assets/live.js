import { pause } from './banner.js';

const REOPEN_SECONDS = 4;

/**
 * Calls back when an experiment changes, perhaps once for several changes. A stream that broke or ended is reopened and begins
 * with the experiment's current state, so nothing is missed, not even an experiment that is resumed or extended.
 *
 * @param {string} id the experiment's id
 * @param {() => Promise<boolean>} changed not called again until it is done; returns whether it could show the change
 * @param {AbortSignal} signal stops it
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
      // a large experiment takes long to load: leave most of the time to the page
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
