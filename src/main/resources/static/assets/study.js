import { actions, isFinal } from './actions.js';
import { ask, find } from './api.js';
import { keepDoing, nothing } from './banner.js';
import { Chart } from './chart.js';
import { field, fill, h, select } from './dom.js';
import { counted, words } from './format.js';
import { bar, downloads, state } from './list.js';
import { mapKey, mapLine, mapTables } from './map.js';
import { METRICS } from './quantities.js';
import { address } from './router.js';

const ASKED = ['arm', 'baseline', 'metric', 'epoch', 'margin'];
const FILES = [['map.csv', 'CSV'], ['map', 'JSON'], ['map.svg', 'SVG'], ['map.png', 'PNG']];
const LIVE_SECONDS = 3;
/** One that has ended can be extended or retried, by others too. */
const ENDED_SECONDS = 10;

/** One study with its map, live: it asks every few seconds, as events are those of single experiments. */
export function studyView(id, query) {
  const path = `studies/${encodeURIComponent(id)}`;
  return (view, signal) => {
    const parts = layout();
    const asked = { metric: 'loss', ...Object.fromEntries(ASKED.map((name) => [name, query.get(name)]).filter(([, value]) => value)) };
    view.append(...parts.all);
    signal.addEventListener('abort', () => parts.chart?.destroy());
    let turn = 0;
    const load = async (current) => {
      const wanted = new URLSearchParams(Object.entries(asked).filter(([, value]) => value));
      const [study, map] = await Promise.all([path, `${path}/map?${wanted}`].map((part) => find(part, { signal })));
      if (!study || !map) {
        view.replaceChildren(h('h1', {}, 'There is no such study'));
        return null;
      }
      if (current === turn) {
        show(parts, study, map, asked, path, watch);
        fill(parts.files, downloads(path, FILES, `?${wanted}`));
      }
      return isFinal(study.state) ? ENDED_SECONDS : LIVE_SECONDS;
    };
    /** Begins anew, so that what was done or chosen shows at once; what was going on ends. */
    const watch = () => {
      const current = ++turn;
      keepDoing(() => (current === turn ? load(current) : null), signal);
    };
    parts.changed = (name, value) => {
      asked[name] = value;
      history.replaceState(null, '', address(path, asked));
      watch();
    };
    watch();
  };
}

function layout() {
  const section = (name, ...content) => h('section', { class: name }, ...content);
  const parts = { head: section('head', nothing('Loading…')), actions: section('actions'), fault: h('p', { class: 'fault', role: 'alert' }), chart: null };
  parts.choice = h('div', { class: 'filter narrow' });
  parts.title = h('p', {});
  parts.plot = h('div', {});
  parts.map = h('div', { class: 'maps' });
  parts.key = h('div', {});
  parts.facts = h('div', {});
  parts.files = h('div', {});
  parts.spec = h('pre', { tabindex: 0 });
  parts.all = [
    parts.head, parts.actions, parts.fault,
    section('', h('h2', { class: 'hidden' }, 'Map'), parts.choice, parts.title, parts.plot, parts.map, parts.key),
    section('', parts.facts),
    section('', h('h2', {}, 'Download'), parts.files),
    section('', h('details', {}, h('summary', {}, 'Base spec and axes'), parts.spec)),
  ];
  return parts;
}

function show(parts, study, map, asked, path, done) {
  document.title = `${study.name} · InitLab`;
  fill(parts.head, h('h1', {}, study.name), h('p', {}, state(study.state), ' ', study.state === 'SUCCEEDED' ? null : bar(study.progress)));
  const shown = JSON.stringify([study.state, study.runs, study.base]);
  if (parts.shown !== shown) {
    parts.shown = shown;
    const subject = { path, what: 'study', home: 'studies', state: study.state, runs: study.runs, epochs: study.base.training?.epochs ?? 5 };
    parts.actions.replaceChildren(
      ...actions(subject, done, parts.fault).filter(Boolean),
      h('a', { class: 'button', href: address('new', { study: study.id }) }, 'Repeat with changes'),
    );
  }
  if (!parts.choice.firstChild) {
    parts.choice.append(...choices(map, asked, parts));
  }
  fill(parts.title, title(map));
  drawLine(parts, map);
  fill(parts.map, ...mapTables(map));
  fill(parts.key, mapKey(map));
  fill(parts.facts, h('p', {}, `${counted(study.experiments.total, 'point')}, ${study.runs.succeeded} of ${counted(study.runs.total, 'run')} done${study.runs.failed + study.runs.diverged ? `, ${study.runs.failed + study.runs.diverged} failed or diverged` : ''}.`));
  fill(parts.spec, JSON.stringify({ name: study.name, base: study.base, axes: study.axes.map(({ pointer, values }) => ({ pointer, values })) }, null, 2));
}

function title({ arm, baseline, metric, epoch }) {
  const when = epoch === null ? 'the last epoch' : `epoch ${epoch}`;
  return `Difference in ${METRICS[metric].name} on the test split after ${when}: ${arm ?? 'each point’s arm'} minus ${baseline ?? 'its baseline'}.`;
}

function choices({ arms }, asked, parts) {
  const changed = (name) => (event) => parts.changed(name, event.target.value);
  const named = [['', 'usual'], ...arms.map((arm) => [arm, arm])];
  return [
    field('Arm', select(named, asked.arm, { change: changed('arm') })),
    field('Baseline', select(named, asked.baseline, { change: changed('baseline') })),
    field('Metric', select(Object.entries(METRICS).map(([key, { name }]) => [key, name]), asked.metric, { change: changed('metric') })),
    field('Epoch', h('input', { type: 'number', min: 0, value: asked.epoch, placeholder: 'last', change: changed('epoch') })),
    field('Margin', h('input', { type: 'number', min: 0, step: 'any', value: asked.margin, placeholder: 'usual', change: changed('margin') })),
  ];
}

/** A study with one axis has a line as well. */
function drawLine(parts, map) {
  if (map.axes.length === 1 && map.points.some(({ difference }) => difference.mean !== null)) {
    const { lines, options } = mapLine(map);
    const title = `Difference in ${METRICS[map.metric].name}`;
    if (parts.chart?.title !== title) {
      parts.chart?.destroy();
      parts.chart = new Chart(title);
      parts.plot.replaceChildren(parts.chart.element);
    }
    parts.chart.draw(lines, options);
  }
}

/** All studies, newest first. */
export function studiesView(query) {
  return (view, signal) => {
    const table = h('div', { class: 'scroll' }, nothing('Loading…'));
    const pages = h('nav', { class: 'pages', 'aria-label': 'Pages' });
    view.append(h('div', { class: 'head' }, h('h1', {}, 'Studies'), h('a', { class: 'button primary', href: address('new', { preset: 'imbalance_map' }) }, 'New study')), table, pages);
    keepDoing(async () => {
      const { content, page } = await ask(`studies?page=${Number(query.get('page')) || 0}`, { signal });
      fill(table, content.length ? list(content) : nothing('There are no studies yet. A study is a grid of experiments that shows where an initialisation matters.'));
      fill(pages, ...turns(page));
      return 3;
    }, signal);
  };
}

function list(studies) {
  return h(
    'table',
    { class: 'list' },
    h('caption', { class: 'hidden' }, 'Studies'),
    h('thead', {}, h('tr', {}, ['Name', 'State', 'Progress', 'Axes', 'Points'].map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, studies.map((study) => h(
      'tr',
      {},
      h('td', { 'data-label': 'Name' }, h('a', { href: address(`studies/${study.id}`) }, study.name)),
      h('td', { 'data-label': 'State' }, state(study.state)),
      h('td', { 'data-label': 'Progress' }, bar(study.progress)),
      h('td', { 'data-label': 'Axes' }, study.axes.map(({ label }) => words(label)).join(' × ')),
      h('td', { 'data-label': 'Points' }, study.experiments.total),
    ))),
  );
}

function turns({ number, totalPages }) {
  const to = (page, text) => h('a', { href: address('studies', { page }) }, text);
  return totalPages > 1 ? [number > 0 ? to(number - 1, '← Previous') : null, h('span', {}, `Page ${number + 1} of ${totalPages}`), number + 1 < totalPages ? to(number + 1, 'Next →') : null] : [];
}
