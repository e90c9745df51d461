import { ask } from './api.js';
import { explain } from './banner.js';
import { h } from './dom.js';
import { go } from './router.js';

const FINAL = ['SUCCEEDED', 'FAILED', 'CANCELLED'];

export function isFinal(state) {
  return FINAL.includes(state);
}

/**
 * Buttons for what can be done with an experiment or a study in its state.
 *
 * @param {{path: string, what: string, home: string, state: string, runs: Object, epochs: number}} subject its path in the service,
 *     what it is, the view to go to once it is deleted, and the epochs that it has now
 */
export function actions(subject, done, fault) {
  const { what, state, runs } = subject;
  const live = !isFinal(state);
  const verb = (name, text, sure) => button(text, () => post(subject, name, undefined, done, fault), sure);
  return [
    live && state !== 'PAUSED' ? verb('pause', 'Pause') : null,
    runs.paused ? verb('resume', 'Resume') : null,
    (runs.failed || runs.diverged) && state !== 'CANCELLED' ? verb('retry', 'Retry failed runs') : null,
    state !== 'CANCELLED' ? button('Extend…', () => extend(subject, done, fault)) : null,
    live ? verb('cancel', 'Cancel', `Cancel the ${what}? It cannot be resumed.`) : null,
    live ? null : button('Delete', () => remove(subject, fault), `Delete the ${what} and everything it stored?`),
  ];
}

function button(text, act, sure) {
  return h('button', { type: 'button', click: () => (!sure || confirm(sure)) && act() }, text);
}

async function post(subject, verb, body, done, fault) {
  await attempt(async () => {
    await ask(`${subject.path}/${verb}`, { method: 'POST', body });
    await done();
  }, fault);
}

async function extend(subject, done, fault) {
  const epochs = prompt('Extend to how many epochs?', subject.epochs * 2);
  if (epochs !== null) {
    await post(subject, 'extend', { epochs: Number(epochs) }, done, fault);
  }
}

async function remove(subject, fault) {
  await attempt(async () => {
    await ask(subject.path, { method: 'DELETE' });
    go(subject.home);
  }, fault);
}

async function attempt(act, fault) {
  fault.replaceChildren();
  try {
    await act();
  } catch (failure) {
    if (failure.status === 401) {
      explain(failure);
    } else {
      fault.replaceChildren([failure.message, ...failure.errors.map((error) => error.detail)].join(' '));
    }
  }
}
