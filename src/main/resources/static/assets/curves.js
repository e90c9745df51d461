import { Chart } from './chart.js';
import { fill, h } from './dom.js';
import { LOSSES, QUANTITIES } from './quantities.js';
import { summaryTable } from './summary.js';

const SHOWN_FIRST = ['loss', 'rocAuc'];

/**
 * The curves of one or more experiments, a chart for each quantity that is chosen: each arm's mean with its 95 % interval, and
 * individual trials on demand; and the numbers after the last epoch.
 */
export class Curves {
  constructor() {
    this.charts = new Map();
    this.boxes = QUANTITIES.map(({ key }) => h('input', { type: 'checkbox', checked: SHOWN_FIRST.includes(key), change: () => this.choose() }));
    this.trials = h('input', { type: 'checkbox', change: () => this.draw() });
    this.log = h('input', { type: 'checkbox', change: () => this.draw() });
    this.panels = h('div', { class: 'charts' });
    this.table = h('div', { class: 'scroll numbers' });
    const choice = h(
      'details',
      { class: 'options' },
      h('summary', {}, 'Choose curves'),
      h('div', { class: 'switches', role: 'group', 'aria-label': 'Curves shown' }, QUANTITIES.map(({ name }, index) => h('label', {}, this.boxes[index], name))),
      h('div', { class: 'switches' }, h('label', {}, this.trials, 'Individual trials'), h('label', {}, this.log, 'Logarithmic loss axis')),
    );
    this.element = h('div', {}, this.panels, choice, this.table);
    this.choose();
  }

  /** Keeps the charts that are still chosen, so that they are not drawn anew. */
  choose() {
    const chosen = QUANTITIES.filter((_, index) => this.boxes[index].checked);
    const kept = new Map(chosen.map((quantity) => [quantity, this.charts.get(quantity) ?? new Chart(`${quantity.name} on the test split`)]));
    [...this.charts].filter(([quantity]) => !kept.has(quantity)).forEach(([, chart]) => chart.destroy());
    this.charts = kept;
    this.panels.replaceChildren(...[...kept.values()].map((chart) => chart.element));
    this.draw();
  }

  /**
   * @param {{name?: string, arms: Object[], constant: ?Object}[]} groups arms and constant predictor as in the metrics, and the
   *     experiment's name if there are several
   */
  show(groups) {
    this.groups = groups;
    this.draw();
  }

  draw() {
    if (!this.groups) {
      return;
    }
    const arms = this.groups.flatMap(({ name, arms: own }) => own.map((arm) => ({ ...arm, group: name })));
    for (const [{ key, most }, chart] of this.charts) {
      const single = this.trials.checked ? arms.flatMap((arm, index) => trials(arm, key, index)) : [];
      const constants = this.groups.map((group) => constantLine(group, key)).filter(Boolean);
      const means = arms.map((arm, index) => mean(arm, key, index));
      chart.draw([...single, ...means, ...constants], { x: 'Epoch', log: this.log.checked && LOSSES.includes(key), within: most ? [0, most] : null });
    }
    fill(this.table, arms.some(({ summary }) => summary.length) ? summaryTable(arms) : null);
  }

  destroy() {
    this.charts.forEach((chart) => chart.destroy());
  }
}

function constantLine({ name, arms, constant }, key) {
  const y = constant?.[key];
  const epochs = arms.flatMap((arm) => arm.summary.map((row) => row.epoch));
  return y === undefined ? null : { group: name, label: 'constant predictor', neutral: true, points: new Map(epochs.map((epoch) => [epoch, { y }])) };
}

function mean(arm, key, number) {
  const point = ({ mean: y, ciLow: low, ciHigh: high }) => ({ y, low, high });
  return { group: arm.group, label: arm.arm, number, points: new Map(arm.summary.map((row) => [row.epoch, point(row[key])])) };
}

function trials(arm, key, number) {
  return arm.trials.map((trial) => ({
    group: arm.group,
    label: `${arm.arm} ${trial.trial}`,
    number,
    faint: true,
    points: new Map(trial.epochs.map((row) => [row.epoch, { y: row[key] }])),
  }));
}
