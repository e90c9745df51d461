import { h } from './dom.js';
import { number } from './format.js';
import { QUANTITIES } from './quantities.js';

/**
 * Where each arm stands after its last epoch: means over the trials, each with half the width of its 95 % interval, or with the interval
 * where a limit of the quantity cuts it off.
 *
 * @param {{group?: string, arm: string, summary: Object[]}[]} arms under their group if there are several experiments
 */
export function summaryTable(arms) {
  const head = ['Arm', 'Epoch', 'Trials', ...QUANTITIES.map(({ name }) => name)];
  const measured = arms.filter(({ summary }) => summary.length);
  const groups = [...new Set(measured.map(({ group }) => group))];
  return h(
    'table',
    {},
    h('caption', {}, 'After the last epoch, on the test split (mean ± half of the 95 % interval; both ends where 0 or 1 cuts it off)'),
    h('thead', {}, h('tr', {}, head.map((name) => h('th', { scope: 'col' }, name)))),
    groups.map((name) => h('tbody', {}, title(name, head.length), measured.filter(({ group }) => group === name).map(row))),
  );
}

function title(group, columns) {
  return group === undefined ? null : h('tr', { class: 'group' }, h('th', { scope: 'rowgroup', colspan: columns }, group));
}

function row({ arm, summary }) {
  const last = summary[summary.length - 1];
  const cells = [['Arm', arm], ['Epoch', last.epoch], ['Trials', last.trials], ...QUANTITIES.map(({ key, name }) => [name, value(last[key])])];
  return h('tr', {}, cells.map(([name, content]) => h('td', { 'data-label': name }, content)));
}

function value({ mean, ciLow, ciHigh }) {
  if (ciLow === null) {
    return number(mean);
  }
  const [below, above] = [mean - ciLow, ciHigh - mean];
  return Math.abs(below - above) > 1e-6 * (below + above)
    ? [number(mean), ' ', h('span', { class: 'range' }, `(${number(ciLow)} to ${number(ciHigh)})`)]
    : `${number(mean)} ± ${number(above)}`;
}
