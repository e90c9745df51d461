import { ask } from './api.js';
import { explain, keepDoing } from './banner.js';
import { armsEditor } from './arms.js';
import { field, h, select } from './dom.js';
import { FIELDS, setAt, valueAt } from './fields.js';
import { words } from './format.js';
import { address, go } from './router.js';

/** A form to submit a spec: from a preset, from an earlier experiment, or from scratch. */
export function formView(query) {
  return (view, signal) => keepDoing(async () => {
    const [presets, datasets, architectures] = await Promise.all(['presets', 'datasets', 'architectures'].map((path) => ask(path, { signal })));
    const preset = presets.find(({ name }) => name === (query.get('preset') ?? 'quickstart'));
    const from = query.get('from');
    const spec = from ? (await ask(`experiments/${encodeURIComponent(from)}`, { signal })).spec : preset?.spec ?? {};
    view.replaceChildren(h('h1', {}, 'New experiment'), presetChoice(presets, from ? null : preset), form(spec, { datasets, architectures }));
    return null;
  }, signal);
}

function presetChoice(presets, chosen) {
  const options = [['', chosen ? 'none' : '–'], ...presets.map(({ name }) => [name, words(name)])];
  const control = select(options, chosen?.name ?? '', { change: (event) => go('new', { preset: event.target.value || 'none' }) });
  return field('Preset', control, chosen?.description);
}

function form(spec, catalogue) {
  const controls = new Map();
  const arms = armsEditor(spec.biasInits);
  const summary = h('p', { class: 'fault', role: 'alert' });
  const groups = FIELDS.map(([title, fields]) =>
    h('fieldset', {}, h('legend', {}, title), h('div', { class: 'grid' }, fields.map((definition) => control(definition, spec, catalogue, controls)))));
  controls.set('/biasInits', arms.element);
  const element = h('form', { class: 'spec', novalidate: true }, groups, arms.element, summary, h('button', { class: 'primary' }, 'Submit'));
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    submit(read(spec, controls, arms), controls, summary);
  });
  return element;
}

function control([pointer, label, type, hint], spec, catalogue, controls) {
  const value = valueAt(spec, pointer) ?? '';
  const names = Array.isArray(type) ? type : catalogue[type]?.map(({ name }) => name);
  const input = names
    ? select(names.map((name) => [name, name || 'default']), value || names[0])
    : h('input', { type: 'text', inputmode: type === 'number' ? 'decimal' : null, value: String(value), 'data-type': type });
  controls.set(pointer, input);
  return field(label, input, hint);
}

/** The spec that the form started with, changed by its fields. */
function read(spec, controls, arms) {
  const result = structuredClone(spec);
  for (const [pointer, input] of controls) {
    if (pointer !== '/biasInits') {
      setAt(result, pointer, valueOf(input));
    }
  }
  result.biasInits = arms.read();
  return result;
}

/** Numbers as numbers; anything else as it was typed, so that the service says what is wrong with it. */
export function valueOf(input) {
  const text = input.value.trim();
  if (text === '') {
    return undefined;
  }
  return input.dataset.type === 'number' && Number.isFinite(Number(text)) ? Number(text) : text;
}

async function submit(spec, controls, summary) {
  clearFaults(controls, summary);
  try {
    const { id } = await ask('experiments', { method: 'POST', body: spec });
    location.hash = address(`experiments/${id}`);
  } catch (failure) {
    if (failure.status === 401 || failure.status === 0) {
      explain(failure);
    }
    const left = failure.errors.filter((error) => !mark(error, controls));
    const retry = failure.retryAfter ? `Try again in ${failure.retryAfter} s.` : '';
    summary.replaceChildren([failure.message, retry, ...left.map(({ pointer, detail }) => `${pointer} ${detail}.`)].join(' '));
    document.querySelector('[aria-invalid]')?.focus();
  }
}

/** Shows a fault beside the field that its pointer names, or beside one that contains it; returns whether there is such a field. */
function mark({ pointer, detail }, controls) {
  for (let path = pointer; path; path = path.slice(0, path.lastIndexOf('/'))) {
    const input = controls.get(path);
    if (input) {
      const id = `fault-${path.replace(/\W/g, '-')}`;
      const note = path === '/biasInits' ? `${pointer.slice(path.length)} ${detail}` : detail;
      input.after(h('p', { class: 'fault', id }, note));
      if (input.matches('input, select')) {
        input.setAttribute('aria-invalid', 'true');
        input.setAttribute('aria-describedby', id);
      }
      return true;
    }
  }
  return false;
}

function clearFaults(controls, summary) {
  summary.replaceChildren();
  for (const input of controls.values()) {
    input.removeAttribute('aria-invalid');
    input.removeAttribute('aria-describedby');
    input.parentElement.querySelectorAll(':scope > .fault[id]').forEach((fault) => fault.remove());
  }
}
