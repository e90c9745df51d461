import { clear, explain } from './banner.js';
import { compareView } from './compare.js';
import { h } from './dom.js';
import { experimentView } from './experiment.js';
import { formView } from './form.js';
import { listView } from './list.js';
import { logoutButton } from './login.js';
import { route } from './router.js';

const view = document.getElementById('view');
let leave = new AbortController();

/** A view fills its element, tells its title, and stops all it does when the signal says that it is left. */
function viewOf({ path, query }) {
  switch (path[0]) {
    case undefined:
      return ['Experiments', listView(query)];
    case 'new':
      return ['New experiment', formView(query)];
    case 'compare':
      return ['Compare', compareView(query)];
    case 'experiments':
      return ['Experiment', experimentView(path[1])];
    default:
      return ['Nothing here', (element) => element.append(h('h1', {}, 'There is nothing at this address'))];
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
