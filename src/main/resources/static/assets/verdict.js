import { find } from './api.js';
import { explain, pause } from './banner.js';
import { fill, h, select } from './dom.js';
import { words } from './format.js';
import { marginPicture } from './margin.js';

const METRICS = [['loss', 'loss'], ['objective', 'objective'], ['rocAuc', 'ROC-AUC'], ['prAuc', 'average precision']];
const PARTS = 10;

/**
 * What the comparison says about each arm, by a metric and a margin that can be moved in tenths of the usual one; nothing if
 * there is no other arm.
 */
export class Verdicts {
  constructor(path, signal) {
    this.path = path;
    this.signal = signal;
    this.asked = 0;
    this.metric = select(METRICS, 'loss', { id: 'judged-by', change: () => this.judge() });
    this.tenths = h('input', { id: 'margin', type: 'range', min: 1, max: 4 * PARTS, value: PARTS, input: () => this.judge() });
    this.output = h('output', {});
    this.title = h('h2', {});
    this.margin = h('span', { hidden: true }, h('label', { for: 'margin' }, 'Margin'), this.tenths, this.output);
    this.controls = h('div', { class: 'switches judged', hidden: true }, h('span', {}, h('label', { for: 'judged-by' }, 'Judged by'), this.metric), this.margin);
    this.body = h('div', {});
    this.element = h('section', { class: 'verdicts' }, this.title, this.controls, this.body);
  }

  /** Asks anew, after a moment in which the margin may be moved further. */
  async judge() {
    const asked = ++this.asked;
    await pause(0.15, this.signal);
    if (asked === this.asked) {
      await this.load().catch((failure) => this.signal.aborted || explain(failure));
    }
  }

  async load() {
    const asked = ++this.asked;
    const metric = this.metric.value;
    const usual = await this.ask(metric);
    const moved = this.tenths.valueAsNumber !== PARTS && usual?.margin;
    const comparison = moved ? await this.ask(metric, (usual.margin * this.tenths.valueAsNumber) / PARTS) : usual;
    if (asked === this.asked && comparison?.arms?.length) {
      this.show(comparison, moved);
    }
  }

  ask(metric, margin) {
    const query = new URLSearchParams(margin ? { metric, margin } : { metric });
    return find(`${this.path}/comparison?${query}`, { signal: this.signal });
  }

  show({ baseline, margin, metric, arms }, moved) {
    const text = margin === null ? '' : `${Number(margin.toPrecision(3))}${moved ? '' : ' (the usual one)'}`;
    this.title.textContent = `Compared with ${baseline}`;
    this.controls.hidden = false;
    this.margin.hidden = margin === null;
    this.output.textContent = text;
    this.tenths.setAttribute('aria-valuetext', text);
    fill(this.body, h('p', { class: 'key' }, margin === null ? `Line: the interval of the difference in ${name(metric)}.`
      : `Band: differences in ${name(metric)} smaller than the margin, which do not matter. Line: the interval of the difference.`), arms.map((arm) => verdict(arm, margin)));
  }
}

function name(metric) {
  return METRICS.find(([key]) => key === metric)[1];
}

function verdict({ arm, verdict: { code, summary, text }, interval, warnings }, margin) {
  return h(
    'article',
    { class: 'verdict' },
    h('h3', {}, arm, ' ', h('span', { class: 'code' }, words(code))),
    marginPicture(interval, margin),
    h('p', {}, summary),
    h('p', { class: 'figures' }, text.slice(summary.length).trim()),
    warnings.length ? h('ul', { class: 'warnings' }, warnings.map((warning) => h('li', {}, warning))) : null,
  );
}
