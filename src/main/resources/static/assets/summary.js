import { h } from './dom.js';
import { number } from './format.js';
import { QUANTITIES } from './quantities.js';

/** Where each arm stands after its last epoch: means over the trials, each with half the width of its 95 % interval. */
export function summaryTable(arms) {
  const head = ['Arm', 'Epoch', 'Trials', ...QUANTITIES.map(({ name }) => name)];
  return h(
    'table',
    {},
    h('caption', {}, 'After the last epoch, on the test split (mean ± half of the 95 % interval)'),
    h('thead', {}, h('tr', {}, head.map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, arms.filter(({ summary }) => summary.length).map(row)),
  );
}

function row({ label, summary }) {
  const last = summary[summary.length - 1];
  const cells = [['Arm', label], ['Epoch', last.epoch], ['Trials', last.trials], ...QUANTITIES.map(({ key, name }) => [name, value(last[key])])];
  return h('tr', {}, cells.map(([name, content]) => h('td', { 'data-label': name }, content)));
}

function value({ mean, ciLow, ciHigh }) {
  return ciLow === null ? number(mean) : `${number(mean)} ± ${number((ciHigh - ciLow) / 2)}`;
}
