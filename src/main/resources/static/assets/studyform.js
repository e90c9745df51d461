import { ask } from './api.js';
import { explain } from './banner.js';
import { h } from './dom.js';
import { go } from './router.js';

/** A study's spec as text, to be changed and submitted. */
export function studyForm(spec) {
  const text = h('textarea', { id: 'study-spec', rows: 24, spellcheck: 'false' });
  text.value = JSON.stringify(spec, null, 2);
  const faults = h('div', { class: 'fault', role: 'alert', id: 'study-faults' });
  const form = h(
    'form',
    { class: 'spec' },
    h('fieldset', {}, h('legend', {}, 'Study'), h('label', { for: 'study-spec' }, 'Name, base and axes, as JSON: an experiment for each combination of the axes’ values'), text),
    faults,
    h('button', { class: 'primary' }, 'Submit study'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit(text, faults);
  });
  return form;
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
