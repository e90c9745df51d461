import { isFinal } from './actions.js';
import { ask } from './api.js';
import { keepDoing, nothing } from './banner.js';
import { field, fill, h, select } from './dom.js';
import { counted, duration, percent, time, words } from './format.js';
import { address, go } from './router.js';

const STATES = ['QUEUED', 'RUNNING', 'PAUSED', 'SUCCEEDED', 'FAILED', 'CANCELLED'];
const SORTS = [['createdAt,desc', 'newest'], ['createdAt,asc', 'oldest'], ['name,asc', 'name'], ['state,asc', 'state'], ['priority,desc', 'priority']];
const KEYS = ['name', 'state', 'dataset', 'architecture', 'sort'];
const PARAMETERS = [...KEYS, 'page', 'size'];

/** All experiments, filtered, sorted and paged as the address says. */
export function listView(query) {
  // the service refuses what it does not know, and an address may be old or come from elsewhere
  const asked = new URLSearchParams(PARAMETERS.filter((key) => query.get(key)).map((key) => [key, query.get(key)]));
  return (view, signal) => {
    const table = h('div', { class: 'scroll' }, nothing('Loading…'));
    const pages = h('nav', { class: 'pages', 'aria-label': 'Pages' });
    view.append(heading(), filter(query), table, pages);
    keepDoing(async () => {
      const page = await ask(`experiments?${asked}`, { signal });
      fill(table, page.content.length ? rows(page.content) : nothing(empty(query)));
      fill(pages, ...turns(page.page, query));
      return 3;
    }, signal);
  };
}

function heading() {
  return h('div', { class: 'head' }, h('h1', {}, 'Experiments'), h('a', { class: 'button primary', href: '#/new' }, 'New experiment'));
}

function empty(query) {
  return KEYS.some((key) => query.get(key)) ? 'No experiments match.' : 'There are no experiments yet.';
}

function filter(query) {
  const search = (name) => h('input', { type: 'search', name, value: query.get(name) ?? '' });
  const form = h(
    'form',
    { class: 'filter', 'aria-label': 'Filter', change: apply, submit: (event) => event.preventDefault() },
    field('Name', search('name')),
    field('State', select([['', 'any'], ...STATES.map((state) => [state, words(state)])], query.get('state') ?? '', { name: 'state' })),
    field('Data set', search('dataset')),
    field('Architecture', search('architecture')),
    field('Sort', select(SORTS, query.get('sort') ?? SORTS[0][0], { name: 'sort' })),
  );
  function apply() {
    go('', Object.fromEntries(new FormData(form)));
  }
  return form;
}

function rows(experiments) {
  const head = ['Name', 'State', 'Progress', 'Time left', 'Data set', 'Architecture', 'Created'];
  return h(
    'table',
    { class: 'list' },
    h('caption', { class: 'hidden' }, 'Experiments'),
    h('thead', {}, h('tr', {}, head.map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, experiments.map(row)),
  );
}

function row(experiment) {
  const { progress, spec } = experiment;
  return h(
    'tr',
    {},
    h('td', { 'data-label': 'Name' }, h('a', { href: address(`experiments/${experiment.id}`) }, experiment.name)),
    h('td', { 'data-label': 'State' }, state(experiment.state)),
    h('td', { 'data-label': 'Progress' }, bar(progress)),
    h('td', { 'data-label': 'Time left', class: 'number' }, isFinal(experiment.state) ? '–' : duration(progress.etaSeconds)),
    h('td', { 'data-label': 'Data set' }, words(spec.dataset.name)),
    h('td', { 'data-label': 'Architecture' }, spec.model.architecture),
    h('td', { 'data-label': 'Created' }, time(experiment.createdAt)),
  );
}

export function state(name) {
  return h('span', { class: `state ${name.toLowerCase()}` }, words(name));
}

export function bar(progress) {
  const label = `${progress.epochsDone} of ${counted(progress.epochsTotal, 'epoch')}`;
  return h('span', { class: 'progress' }, h('progress', { value: progress.fraction, max: 1, 'aria-label': label }), h('span', { title: label }, percent(progress.fraction)));
}

/** Links to files below a path, perhaps with a query: name and kind of each; one without an extension is JSON. */
export function downloads(path, files, query = '') {
  return h('ul', { class: 'downloads' }, files.map(([file, kind]) =>
    h('li', {}, h('a', { href: `${path}/${file}${query}`, download: kind === 'JSON' ? `${file}.json` : file }, `${file.split('.')[0]} as ${kind}`))));
}

function turns({ number, totalPages, totalElements }, query) {
  const to = (page, text) => h('a', { href: address('', { ...Object.fromEntries(query), page }) }, text);
  return [
    number > 0 ? to(number - 1, '← Previous') : null,
    h('span', {}, `Page ${number + 1} of ${Math.max(1, totalPages)} · ${counted(totalElements, 'experiment')}`),
    number + 1 < totalPages ? to(number + 1, 'Next →') : null,
  ];
}
