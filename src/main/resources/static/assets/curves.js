import { Chart } from './chart.js';
import { h } from './dom.js';

const METRICS = [['loss', 'Loss on the test split'], ['rocAuc', 'ROC-AUC on the test split']];

/** The curves of one or more experiments: each arm's mean with its 95 % interval, and individual trials on demand. */
export class Curves {
  constructor() {
    this.charts = METRICS.map(([key, title]) => [key, new Chart(title)]);
    this.trials = h('input', { type: 'checkbox', change: () => this.draw() });
    this.log = h('input', { type: 'checkbox', change: () => this.draw() });
    this.element = h(
      'div',
      {},
      h('div', { class: 'switches' }, h('label', {}, this.trials, 'Individual trials'), h('label', {}, this.log, 'Logarithmic loss axis')),
      h('div', { class: 'charts' }, this.charts.map(([, chart]) => chart.element)),
    );
  }

  /**
   * @param {{prefix: string, arms: Object[], data: ?Object}[]} groups arms as in the metrics, a prefix for their names, and
   *     the data's counts once they are known
   */
  show(groups) {
    this.groups = groups;
    this.draw();
  }

  draw() {
    if (!this.groups) {
      return;
    }
    const arms = this.groups.flatMap(({ prefix, arms: own }) => own.map((arm) => ({ ...arm, label: prefix + arm.arm })));
    for (const [key, chart] of this.charts) {
      const single = this.trials.checked ? arms.flatMap((arm, index) => trials(arm, key, index)) : [];
      const baselines = this.groups.filter(({ data }) => data).map((group) => constant(group, key));
      chart.draw([...single, ...baselines, ...arms.map((arm, index) => mean(arm, key, index))], { x: 'Epoch', log: this.log.checked && key === 'loss', within: key === 'rocAuc' ? [0, 1] : null });
    }
  }

  destroy() {
    this.charts.forEach(([, chart]) => chart.destroy());
  }
}

/** On the test split, the predictor that knows only the training split's positive rate. */
function constant({ prefix, arms, data: { trainPositiveRate: p, testPositiveRate: q } }, key) {
  const y = key === 'loss' ? -q * Math.log(p) - (1 - q) * Math.log(1 - p) : 0.5;
  const epochs = arms.flatMap((arm) => arm.summary.map((row) => row.epoch));
  return { label: `${prefix}constant predictor`, neutral: true, points: new Map(epochs.map((epoch) => [epoch, { y }])) };
}

function mean(arm, key, number) {
  const point = ({ mean: y, ciLow: low, ciHigh: high }) => ({ y, low, high });
  return { label: arm.label, number, points: new Map(arm.summary.filter((row) => row[key]).map((row) => [row.epoch, point(row[key])])) };
}

function trials(arm, key, number) {
  return arm.trials.map((trial) => ({
    label: `${arm.label} ${trial.trial}`,
    number,
    faint: true,
    points: new Map(trial.epochs.map((row) => [row.epoch, { y: row[key] }])),
  }));
}
