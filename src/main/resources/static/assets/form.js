import { ask } from './api.js';
import { explain, keepDoing } from './banner.js';
import { armsEditor } from './arms.js';
import { field, h, select } from './dom.js';
import { ARCHITECTURE, DATA, FIELDS, TABULAR, setAt, valueAt } from './fields.js';
import { words } from './format.js';
import { address, go } from './router.js';
import { studyForm } from './studyform.js';

/** A form to submit a spec: from a preset, from an earlier experiment, or from scratch. */
export function formView(query) {
  return (view, signal) => keepDoing(async () => {
    const [presets, datasets, architectures] = await Promise.all(['presets', 'datasets', 'architectures'].map((path) => ask(path, { signal })));
    const preset = presets.find(({ name }) => name === (query.get('preset') ?? 'quickstart'));
    const from = query.get('from');
    const study = query.get('study') ? await studySpec(query.get('study'), signal) : preset?.kind === 'study' && !from ? preset.spec : null;
    if (study) {
      view.replaceChildren(h('h1', {}, 'New study'), presetChoice(presets, query.get('study') ? null : preset), studyForm(study));
      return null;
    }
    const spec = from ? (await ask(`experiments/${encodeURIComponent(from)}`, { signal })).spec : preset?.spec ?? {};
    view.replaceChildren(h('h1', {}, 'New experiment'), presetChoice(presets, from ? null : preset), form(spec, { datasets, architectures }));
    return null;
  }, signal);
}

async function studySpec(id, signal) {
  const { name, base, axes } = await ask(`studies/${encodeURIComponent(id)}`, { signal });
  return { name, base, axes: axes.map(({ pointer, values }) => ({ pointer, values })) };
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
  const groups = FIELDS.map(([title, fields, usual]) =>
    group(title, h('div', { class: 'grid' }, fields.map((definition) => control(definition, spec, catalogue, controls))), usual && isUnusual(spec, fields, usual)));
  controls.set('/biasInits', arms.element);
  const element = h('form', { class: 'spec', novalidate: true }, groups, arms.element, summary, h('button', { class: 'primary' }, 'Submit'));
  const fit = () => FIELDS.forEach(([, fields]) => fields.forEach((definition) => showIfNeeded(definition, controls)));
  controls.get(DATA).addEventListener('change', () => fitNetwork(controls));
  element.addEventListener('change', fit);
  fit();
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    submit(read(spec, controls, arms), controls, summary);
  });
  return element;
}

/** A section that can be closed where `open` says whether it is open at first. */
function group(title, content, open) {
  return open === undefined
    ? h('fieldset', {}, h('legend', {}, title), content)
    : h('details', { class: 'section', open }, h('summary', {}, title), content);
}

function isUnusual(spec, fields, usual) {
  const values = fields.map(([pointer]) => [valueAt(spec, pointer), usual[pointer]]);
  return values.some(([value, known]) => (value ?? '') !== '' && String(value) !== '' && value !== known);
}

/** A table needs an mlp, and images another network. */
function fitNetwork(controls) {
  const network = controls.get(ARCHITECTURE);
  const isTable = TABULAR.includes(controls.get(DATA).value);
  if (isTable !== (network.value === 'mlp')) {
    network.value = isTable ? 'mlp' : network.options[0].value;
  }
}

function showIfNeeded([pointer, , , , needed], controls) {
  if (needed) {
    const [other, ...values] = needed;
    const isListed = values.includes(controls.get(other).value);
    controls.get(pointer).closest('.field').hidden = values[0] === 'not' ? isListed : !isListed;
  }
}

function control([pointer, label, type, hint], spec, catalogue, controls) {
  const value = valueAt(spec, pointer) ?? '';
  const names = Array.isArray(type) ? type : catalogue[type]?.map(({ name }) => name);
  const input = names
    ? select(names.map((name) => [name, name || 'default']), value || names[0])
    : h('input', { type: 'text', inputmode: type === 'number' ? 'decimal' : null, value: [value].flat().join(', '), 'data-type': type });
  controls.set(pointer, input);
  return field(label, input, hint);
}

/** The spec that the form started with, changed by its fields; what is not needed is left out. */
function read(spec, controls, arms) {
  const result = structuredClone(spec);
  for (const [pointer, input] of controls) {
    if (pointer !== '/biasInits') {
      setAt(result, pointer, input.closest('.field').hidden ? undefined : valueOf(input));
    }
  }
  result.biasInits = arms.read();
  return result;
}

/** Numbers as numbers, several numbers or names as a list; anything else as it was typed, so that the service says what is wrong with it. */
export function valueOf(input) {
  const text = input.value.trim();
  if (text === '') {
    return undefined;
  }
  if (input.dataset.type === 'numbers') {
    return text.split(/[\s,]+/).map(numberOrText);
  }
  if (input.dataset.type === 'names') {
    return text.split(',').map((name) => name.trim()).filter(Boolean);
  }
  return input.dataset.type?.endsWith('number') ? numberOrText(text) : text;
}

function numberOrText(text) {
  return Number.isFinite(Number(text)) ? Number(text) : text;
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
      input.closest('details')?.setAttribute('open', '');
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
