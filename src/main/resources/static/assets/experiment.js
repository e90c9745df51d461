import { actions, isFinal } from './actions.js';
import { ask } from './api.js';
import { explain, clear, nothing } from './banner.js';
import { Curves } from './curves.js';
import { fill, h } from './dom.js';
import { counted, duration, number, time, words } from './format.js';
import { bar, downloads, state } from './list.js';
import { follow } from './live.js';
import { address } from './router.js';
import { runTable } from './runs.js';
import { Steps } from './steps.js';
import { Verdicts } from './verdict.js';

/** One experiment, live. */
export function experimentView(id) {
  const path = `experiments/${encodeURIComponent(id)}`;
  return (view, signal) => {
    const parts = layout(path, id, signal);
    const over = new AbortController();
    view.append(...parts.all);
    signal.addEventListener('abort', () => {
      over.abort();
      [parts.curves, parts.steps].forEach((part) => part.destroy());
    });
    const refresh = async () => {
      try {
        await load(path, parts, refresh, signal);
        clear();
        return true;
      } catch (failure) {
        if (!signal.aborted) {
          explain(failure);
        }
        if (!failure.passes) {
          over.abort();
          parts.head.replaceChildren(h('h1', {}, failure.status === 404 ? 'There is no such experiment' : 'The experiment cannot be shown'));
        }
        return false;
      }
    };
    follow(id, refresh, over.signal);
  };
}

function layout(path, id, signal) {
  const section = (name) => h('section', { class: name });
  const parts = { head: section('head'), actions: section('actions'), facts: h('div', {}), runs: h('div', { class: 'scroll' }), counts: h('span', {}), spec: h('pre', { tabindex: 0 }) };
  parts.list = h('details', { class: 'runs' }, h('summary', {}, h('h2', {}, 'Runs'), parts.counts), parts.runs);
  parts.fault = h('p', { class: 'fault', role: 'alert' });
  parts.verdicts = new Verdicts(path, signal);
  parts.curves = new Curves();
  parts.steps = new Steps(id, signal);
  parts.head.append(nothing('Loading…'));
  parts.all = [
    parts.head, parts.actions, parts.fault, parts.verdicts.element,
    h('section', {}, h('h2', { class: 'hidden' }, 'Curves'), parts.curves.element, parts.steps.element),
    h('section', {}, parts.list),
    h('section', {}, h('h2', {}, 'Facts'), parts.facts),
    h('section', {}, h('h2', {}, 'Download'), downloads(path, [['metrics.csv', 'CSV'], ['metrics', 'JSON'], ['curves.svg', 'SVG'], ['curves.png', 'PNG'], ['tensorboard.zip', 'ZIP']])),
    h('section', {}, h('details', {}, h('summary', {}, 'Spec with all defaults'), parts.spec)),
  ];
  return parts;
}

async function load(path, parts, refresh, signal) {
  const [experiment, metrics, runs] = await Promise.all([path, `${path}/metrics`, `${path}/runs`].map((part) => ask(part, { signal })));
  document.title = `${experiment.name} · InitLab`;
  fill(parts.head, h('h1', {}, experiment.name), standing(experiment));
  fill(parts.facts, facts(experiment));
  fill(parts.runs, runTable(runs));
  fill(parts.counts, counts(experiment.runs));
  parts.list.open ||= !parts.shown && experiment.state !== 'SUCCEEDED';
  refill(parts, experiment, refresh);
  fill(parts.spec, JSON.stringify(experiment.spec, null, 2));
  parts.curves.show([{ arms: metrics.arms, constant: metrics.constantPredictor }]);
  const rows = experiment.dataset?.trainRows ?? Infinity;
  parts.steps.update(metrics, Math.ceil(rows / experiment.spec.training.batchSize));
  // last, because its tests take longer than everything else
  await parts.verdicts.load();
}

function standing({ state: name, progress, preparing, stoppedEarly, waitingFor }) {
  const notes = [
    preparing ? `decoding images: ${preparing.rowsDone.toLocaleString('en')} of ${preparing.rowsTotal.toLocaleString('en')}` : null,
    stoppedEarly ? `stopped early, after ${counted(stoppedEarly.trial + 1, 'trial')}` : null,
  ];
  const left = isFinal(name) ? null : waitingFor ? `waiting for ${waitingFor}` : progress.etaSeconds === null ? null : `${duration(progress.etaSeconds)} left`;
  return h('p', {}, state(name), ' ', name === 'SUCCEEDED' ? null : bar(progress), [left, ...notes].filter(Boolean).map((note) => ` · ${note}`));
}

/** Buttons have listeners, which a comparison of markup misses, so they are remade when what they depend on changes. */
function refill(parts, experiment, refresh) {
  const shown = JSON.stringify([experiment.state, experiment.runs, experiment.spec]);
  if (parts.shown !== shown) {
    parts.shown = shown;
    const focused = document.activeElement?.textContent;
    const buttons = actions(subject(experiment), refresh, parts.fault).filter(Boolean);
    parts.actions.replaceChildren(...buttons, ...links(experiment));
    buttons.find((button) => button.textContent === focused)?.focus();
  }
}

function subject({ id, state: name, runs, spec }) {
  return { path: `experiments/${id}`, what: 'experiment', home: '', state: name, runs, epochs: spec.training.epochs };
}

function links(experiment) {
  return [
    h('a', { class: 'button', href: address('compare', { ids: experiment.id }) }, 'Compare with…'),
    h('a', { class: 'button', href: address('new', { from: experiment.id }) }, 'Repeat with changes'),
  ];
}

function counts(runs) {
  return ['succeeded', 'running', 'queued', 'paused', 'failed', 'diverged', 'cancelled', 'skipped'].filter((key) => runs[key]).map((key) => `${runs[key]} ${key}`).join(', ');
}

/** The arm's name, which the JSON has in camel case as a property. */
const armOf = (key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function facts({ progress, dataset, spec, expectedInitialLoss, runs, studyId, startedAt, finishedAt }) {
  const list = [
    ['Epochs', `${progress.epochsDone} of ${progress.epochsTotal}, over all runs`],
    ['Runs', counts(runs)],
    ['Data', dataset ? `${words(spec.dataset.name)}: ${dataset.positiveClass.name} or not, ${number(dataset.trainPositiveRate * 100, 1)} % of ${dataset.trainRows} rows` : words(spec.dataset.name)],
    ['Model', `${spec.model.architecture}, weights ${spec.model.weights}`],
    ['Training', `${counted(spec.training.epochs, 'epoch')}, batches of ${spec.training.batchSize}, ${spec.training.optimizer.type} ${spec.training.optimizer.learningRate}`],
    ['Expected initial loss', expectedInitialLoss ? Object.entries(expectedInitialLoss).map(([key, loss]) => `${armOf(key)} ${number(loss, 3)}`).join(', ') : '–'],
    studyId ? ['Study', h('a', { href: address(`studies/${studyId}`) }, 'the study that it is a point of')] : null,
    ['Started', time(startedAt)],
    ['Finished', time(finishedAt)],
  ];
  return h('dl', {}, list.filter(Boolean).map(([term, text]) => h('div', {}, h('dt', {}, term), h('dd', {}, text))));
}
