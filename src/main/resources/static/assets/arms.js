import { h, select } from './dom.js';
import { ARM_TYPES } from './fields.js';

const MOST = 8;
const PARAMETERS = { positive_rate: 'rate', constant: 'value' };
const STANDARD = [{ type: 'default' }, { type: 'positive_rate' }];

/** A row for each arm: its type, its rate or value if it takes one, and whether the head's weights start at 0. */
export function armsEditor(arms = STANDARD) {
  const list = h('div', { class: 'arms' });
  const add = h('button', { type: 'button', click: () => append({ type: 'zeros' }) }, 'Add arm');
  const element = h('fieldset', {}, h('legend', {}, 'Arms: how the output bias is initialised'), list, add);
  function append(arm) {
    list.append(row(arm, refresh));
    refresh();
  }
  function refresh() {
    add.disabled = list.children.length >= MOST;
    for (const button of list.querySelectorAll('button')) {
      button.disabled = list.children.length === 1;
    }
  }
  arms.forEach(append);
  return { element, read: () => [...list.children].map(read) };
}

function row(arm, changed) {
  const type = select(ARM_TYPES.map((name) => [name, name]), arm.type, { 'aria-label': 'Type' });
  const parameter = h('input', { type: 'text', inputmode: 'decimal', value: arm.rate ?? arm.value ?? '' });
  const zeros = h('input', { type: 'checkbox', checked: arm.headWeights === 'zeros' });
  const remove = h('button', { type: 'button', 'aria-label': 'Remove this arm' }, '×');
  const element = h('div', { class: 'arm' }, type, parameter, h('label', { class: 'check' }, zeros, ' zero head'), remove);
  function fit() {
    const name = PARAMETERS[type.value];
    parameter.hidden = !name;
    parameter.setAttribute('aria-label', name ?? '');
    parameter.placeholder = name === 'rate' ? 'rate (default: the training split’s)' : 'value (a logit)';
  }
  type.addEventListener('change', () => {
    parameter.value = '';
    fit();
  });
  remove.addEventListener('click', () => {
    element.remove();
    changed();
  });
  fit();
  return element;
}

function read(element) {
  const [type, parameter, zeros] = element.children;
  const text = parameter.value.trim();
  const name = PARAMETERS[type.value];
  const arm = { type: type.value };
  if (name && text) {
    arm[name] = Number.isFinite(Number(text)) ? Number(text) : text;
  }
  return zeros.firstChild.checked ? { ...arm, headWeights: 'zeros' } : arm;
}
