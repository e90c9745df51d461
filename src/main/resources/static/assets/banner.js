import { h } from './dom.js';
import { askForToken } from './login.js';

const banner = document.getElementById('banner');

/** Shows what is wrong in a line that screen readers announce. */
export function say(text) {
  banner.replaceChildren(text);
  banner.hidden = false;
}

export function clear() {
  banner.hidden = true;
  banner.replaceChildren();
}

/** Shows why something failed; asks for a token if that is the reason. */
export function explain(failure) {
  if (failure.status === 401) {
    clear();
    askForToken();
  } else if (failure.status === 0) {
    say('The service cannot be reached. This page continues by itself once it is back.');
  } else if (failure.retryAfter) {
    say(`${failure.message} Trying again in ${failure.retryAfter} s.`);
  } else {
    say(failure.message);
  }
}

/**
 * Does something repeatedly until the user leaves the view. Shows failures, and continues once they have passed.
 *
 * @param {() => Promise<number|null>} load returns the seconds until the next time, or null to stop
 */
export async function keepDoing(load, signal) {
  while (!signal.aborted) {
    let seconds;
    try {
      seconds = await load();
      clear();
    } catch (failure) {
      if (signal.aborted) {
        return;
      }
      explain(failure);
      seconds = failure.passes ? failure.retryAfter ?? 2 : null;
    }
    if (seconds === null) {
      return;
    }
    await pause(seconds, signal);
  }
}

export function pause(seconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}

/** What an element shows while it is empty. */
export function nothing(text) {
  return h('p', { class: 'nothing' }, text);
}
