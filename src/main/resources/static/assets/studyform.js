import { ask } from './api.js';
import { explain } from './banner.js';
import { field, h } from './dom.js';
import { go } from './router.js';

/** A study's spec as text, to be changed and submitted. */
export function studyForm(spec) {
  const text = h('textarea', { id: 'study-spec', rows: 24, spellcheck: 'false' });
  text.value = JSON.stringify(spec, null, 2);
  const priority = h('input', { type: 'number', min: -1000, max: 1000, step: 1, value: spec.base?.priority ?? 0 });
  priority.addEventListener('change', () => setPriority(text, priority));
  text.addEventListener('change', () => showPriority(text, priority));
  const faults = h('div', { class: 'fault', role: 'alert', id: 'study-faults' });
  const form = h(
    'form',
    { class: 'spec' },
    h('fieldset', {}, h('legend', {}, 'Study'), h('label', { for: 'study-spec' }, 'Name, base and axes, as JSON: an experiment for each combination of the axes’ values'), text, h('div', { class: 'grid' }, field('Priority', priority, 'The higher is trained first.'))),
    faults,
    h('button', { class: 'primary' }, 'Submit study'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit(text, faults);
  });
  return form;
}

/** The text is what is submitted, so the field changes it. */
function setPriority(text, { value }) {
  const spec = read(text);
  if (spec) {
    text.value = JSON.stringify({ ...spec, base: { ...spec.base, priority: Number(value) } }, null, 2);
  }
}

function showPriority(text, priority) {
  priority.value = read(text)?.base?.priority ?? 0;
}

/** Null while the text is not an object yet; submitting it says why. */
function read({ value }) {
  try {
    return Object(JSON.parse(value));
  } catch {
    return null;
  }
}

async function submit(text, faults) {
  faults.replaceChildren();
  text.removeAttribute('aria-invalid');
  try {
    const { id } = await ask('studies', { method: 'POST', body: JSON.parse(text.value) });
    go(`studies/${id}`);
  } catch (failure) {
    if (failure.status === 401 || failure.status === 0) {
      explain(failure);
    }
    text.setAttribute('aria-invalid', 'true');
    text.setAttribute('aria-describedby', 'study-faults');
    const all = failure.errors ?? [];
    faults.replaceChildren(h('p', {}, failure.message), h('ul', {}, all.map(({ pointer, detail }) => h('li', {}, `${pointer} ${detail}`))));
    text.focus();
  }
}
