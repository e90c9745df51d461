import { ask } from './api.js';
import { explain, nothing } from './banner.js';
import { Chart } from './chart.js';
import { h } from './dom.js';

/** The training loss by step within the first epoch, where the hockey stick lies, of one trial in all arms. */
export class Steps {
  constructor(id, signal) {
    this.id = id;
    this.signal = signal;
    this.body = h('div', {});
    this.element = h('details', { toggle: () => this.load() }, h('summary', {}, 'First epoch, step by step'), this.body);
  }

  update(metrics, batches) {
    this.metrics = metrics;
    this.batches = batches;
  }

  async load() {
    if (!this.element.open || !this.metrics) {
      return;
    }
    try {
      const first = this.metrics.arms.map((arm) => arm.trials[0]);
      const runs = await Promise.all(first.map(({ runId }) => ask(`experiments/${this.id}/runs/${runId}/steps`, { signal: this.signal })));
      this.draw(runs);
    } catch (failure) {
      explain(failure);
    }
  }

  draw(runs) {
    if (runs.every((run) => run.steps.length === 0)) {
      this.body.replaceChildren(nothing('No step is stored yet.'));
      return;
    }
    this.destroy();
    this.chart = new Chart('Training loss of the first trial');
    this.body.replaceChildren(this.chart.element);
    const points = (run) => new Map(run.steps.filter(({ step }) => step < this.batches).map(({ step, loss }) => [step, { y: loss }]));
    this.chart.draw(runs.map((run, number) => ({ label: run.arm, number, points: points(run) })), { x: 'Step' });
  }

  destroy() {
    this.chart?.destroy();
  }
}
