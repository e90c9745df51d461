import { clear, explain } from './banner.js';
import { compareView } from './compare.js';
import { h } from './dom.js';
import { experimentView } from './experiment.js';
import { formView } from './form.js';
import { listView } from './list.js';
import { logoutButton } from './login.js';
import { route } from './router.js';
import { studiesView, studyView } from './study.js';

const view = document.getElementById('view');
let leave = new AbortController();

/** The title of a view, and a function that fills its element and stops when the signal says that the user has left. */
function viewOf({ path, query }) {
  switch (path[0]) {
    case undefined:
      return ['Experiments', listView(query)];
    case 'new':
      return ['New experiment', formView(query)];
    case 'compare':
      return ['Compare', compareView(query)];
    case 'studies':
      return path[1] ? ['Study', studyView(path[1], query)] : ['Studies', studiesView(query)];
    case 'experiments':
      return ['Experiment', experimentView(path[1])];
    default:
      return ['Not found', (element) => element.append(h('h1', {}, 'There is no page at this address'))];
  }
}

function show(first) {
  leave.abort();
  leave = new AbortController();
  clear();
  const current = route();
  const [title, start] = viewOf(current);
  document.title = `${title} · InitLab`;
  for (const link of document.querySelectorAll('header nav a')) {
    const here = link.hash.replace('#/', '') === (current.path[0] ?? '').replace('experiments', '');
    link.ariaCurrent = here ? 'page' : null;
  }
  view.replaceChildren();
  start(view, leave.signal);
  if (!first) {
    view.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

addEventListener('hashchange', () => {
  if (location.hash !== '#view') {
    show(false);
  }
});
document.querySelector('header.top').append(logoutButton(explain) ?? '');
show(true);
