import { ask } from './api.js';
import { explain } from './banner.js';
import { h } from './dom.js';
import { go } from './router.js';

const FINAL = ['SUCCEEDED', 'FAILED', 'CANCELLED'];

export function isFinal(state) {
  return FINAL.includes(state);
}

/** Buttons for what can be done with an experiment in its state. */
export function actions(experiment, done, fault) {
  const { state, runs } = experiment;
  const live = !isFinal(state);
  const verb = (name, text, sure) => button(text, () => post(experiment, name, undefined, done, fault), sure);
  return [
    live && state !== 'PAUSED' ? verb('pause', 'Pause') : null,
    runs.paused ? verb('resume', 'Resume') : null,
    (runs.failed || runs.diverged) && state !== 'CANCELLED' ? verb('retry', 'Retry failed runs') : null,
    state !== 'CANCELLED' ? button('Extend…', () => extend(experiment, done, fault)) : null,
    live ? verb('cancel', 'Cancel', 'Cancel the experiment? It cannot be resumed.') : null,
    live ? null : button('Delete', () => remove(experiment, fault), 'Delete the experiment and everything it stored?'),
  ];
}

function button(text, act, sure) {
  return h('button', { type: 'button', click: () => (!sure || confirm(sure)) && act() }, text);
}

async function post(experiment, verb, body, done, fault) {
  await attempt(async () => {
    await ask(`experiments/${experiment.id}/${verb}`, { method: 'POST', body });
    await done();
  }, fault);
}

async function extend(experiment, done, fault) {
  const epochs = prompt('Extend to how many epochs?', experiment.spec.training.epochs * 2);
  if (epochs !== null) {
    await post(experiment, 'extend', { epochs: Number(epochs) }, done, fault);
  }
}

async function remove(experiment, fault) {
  await attempt(async () => {
    await ask(`experiments/${experiment.id}`, { method: 'DELETE' });
    go('');
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
