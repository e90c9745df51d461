import { h } from './dom.js';
import { askForToken } from './login.js';

const banner = document.getElementById('banner');

/** Says what is wrong in a line that screen readers read out. */
export function say(text) {
  banner.replaceChildren(text);
  banner.hidden = false;
}

export function clear() {
  banner.hidden = true;
  banner.replaceChildren();
}

/** Says why something could not be done; asks for a token where that is the reason. */
export function explain(failure) {
  if (failure.status === 401) {
    clear();
    askForToken();
  } else if (failure.status === 0) {
    say('The service is away. The page goes on by itself when it is back.');
  } else if (failure.retryAfter) {
    say(`${failure.message} Next try in ${failure.retryAfter} s.`);
  } else {
    say(failure.message);
  }
}

/**
 * Does something now and again and again, until the view is left. Failures are told; it goes on when they pass.
 *
 * @param {() => Promise<number|null>} load gives the seconds to the next time, or null for never
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

/** What an element shows where there is nothing yet. */
export function nothing(text) {
  return h('p', { class: 'nothing' }, text);
}
