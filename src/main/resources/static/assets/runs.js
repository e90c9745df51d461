import { h } from './dom.js';
import { state } from './list.js';

/** The runs: how far they are, where they run, and what went wrong. */
export function runTable(runs) {
  const head = ['Arm', 'Trial', 'Seed', 'State', 'Epochs', 'Attempts', 'Worker', 'Files', 'Notes'];
  return h(
    'table',
    {},
    h('caption', { class: 'hidden' }, 'Runs'),
    h('thead', {}, h('tr', {}, head.map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, runs.map(row)),
  );
}

function row(run) {
  const cells = [
    ['Arm', run.arm],
    ['Trial', run.trial],
    ['Seed', run.seed],
    ['State', state(run.state)],
    ['Epochs', `${run.epochsDone} / ${run.epochsTotal}`],
    ['Attempts', run.attempts],
    ['Worker', [run.worker, run.device].filter(Boolean).join(', ') || '–'],
    ['Files', files(run)],
    ['Notes', notes(run)],
  ];
  return h('tr', {}, cells.map(([label, content]) => h('td', { 'data-label': label }, content)));
}

/** There are none before epoch 0, which is the first to be committed. */
function files(run) {
  if (run.attempts === 0) {
    return '–';
  }
  const link = (path, name) => h('a', { href: path, download: '', 'aria-label': `${name} of ${run.arm}, trial ${run.trial}` }, name);
  return [link(run.links.weights, 'weights'), ' ', link(run.links.predictions, 'predictions')];
}

function notes(run) {
  const texts = [run.failure, run.waitingFor ? `waiting for ${run.waitingFor}` : null, run.pauseRequested ? 'will pause at its next checkpoint' : null, ...run.warnings];
  return texts.filter(Boolean).join(' · ') || '–';
}
