import { isFinal } from './actions.js';
import { ask } from './api.js';
import { keepDoing, nothing } from './banner.js';
import { Curves } from './curves.js';
import { h } from './dom.js';
import { words } from './format.js';
import { go } from './router.js';

const MOST = 4;

/** Up to four experiments in one chart. */
export function compareView(query) {
  const ids = (query.get('ids') ?? '').split(',').filter(Boolean).slice(0, MOST);
  return (view, signal) => {
    const choice = h('fieldset', { class: 'choice' }, h('legend', { class: 'hidden' }, 'Experiments'));
    const chooser = h('details', { class: 'options', open: !ids.length }, h('summary', {}, `Choose experiments (${ids.length} of up to ${MOST})`), choice);
    const curves = new Curves();
    const plot = h('section', {}, ids.length ? curves.element : nothing('Choose experiments to see their curves together.'));
    view.append(h('h1', {}, 'Compare'), chooser, plot);
    signal.addEventListener('abort', () => curves.destroy());
    keepDoing(async () => {
      const { content } = await ask('experiments?size=100', { signal });
      choice.append(...(await complete(content, ids, signal)).map((experiment) => option(experiment, ids)));
      return null;
    }, signal);
    if (ids.length) {
      keepDoing(() => draw(ids, curves, signal), signal);
    }
  };
}

/** The newest experiments, and those that are chosen although they are older. */
async function complete(content, ids, signal) {
  const missing = ids.filter((id) => !content.some((experiment) => experiment.id === id));
  return [...(await Promise.all(missing.map((id) => ask(`experiments/${encodeURIComponent(id)}`, { signal })))), ...content];
}

function option(experiment, ids) {
  const chosen = ids.includes(experiment.id);
  const box = h('input', { type: 'checkbox', checked: chosen, disabled: !chosen && ids.length >= MOST, change: () => toggle(experiment.id, ids) });
  return h('label', {}, box, h('span', {}, experiment.name), h('small', {}, words(experiment.state)));
}

function toggle(id, ids) {
  const next = ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
  go('compare', { ids: next.join(',') });
}

async function draw(ids, curves, signal) {
  const all = await Promise.all(ids.map(async (id) => {
    const path = `experiments/${encodeURIComponent(id)}`;
    const [experiment, metrics] = await Promise.all([ask(path, { signal }), ask(`${path}/metrics`, { signal })]);
    return { name: experiment.name, arms: metrics.arms, constant: metrics.constantPredictor, state: experiment.state };
  }));
  curves.show(distinct(all));
  return all.every(({ state }) => isFinal(state)) ? null : 3;
}

/** Without a name if it is the only one; of equal names, all but the first get a number. */
function distinct(experiments) {
  const names = experiments.map(({ name }) => name);
  return experiments.map((experiment, index) => {
    const earlier = names.slice(0, index).filter((name) => name === experiment.name).length;
    return { ...experiment, name: experiments.length === 1 ? undefined : experiment.name + (earlier ? ` (${earlier + 1})` : '') };
  });
}
