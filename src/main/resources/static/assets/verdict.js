import { find } from './api.js';
import { explain, pause } from './banner.js';
import { fill, h, select } from './dom.js';
import { counted, rounded, words } from './format.js';
import { marginPicture } from './margin.js';
import { METRICS } from './quantities.js';

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
    this.metric = select(Object.entries(METRICS).map(([key, { name }]) => [key, name]), 'loss', { id: 'judged-by', change: () => this.judge() });
    this.tenths = h('input', { id: 'margin', type: 'range', min: 1, max: 4 * PARTS, value: PARTS, input: () => this.judge() });
    this.output = h('output', {});
    this.title = h('h2', {});
    this.margin = h('span', { hidden: true }, h('label', { for: 'margin' }, 'Margin'), this.tenths, this.output);
    this.key = h('p', { class: 'key' });
    const judged = h('div', { class: 'switches judged' }, h('span', {}, h('label', { for: 'judged-by' }, 'Judged by'), this.metric), this.margin);
    this.choice = h('summary', {});
    const controls = h('details', {}, this.choice, judged, this.key);
    this.arms = new Map();
    this.body = h('div', { class: 'lines' });
    this.element = h('section', { class: 'verdicts', hidden: true }, h('div', { class: 'title' }, this.title, controls), this.body);
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
    const text = margin === null ? '' : `${rounded(margin)}${moved ? '' : ' (the usual one)'}`;
    this.title.textContent = `Compared with ${baseline}`;
    this.element.hidden = false;
    this.margin.hidden = margin === null;
    this.output.textContent = text;
    this.choice.textContent = `by ${METRICS[metric].name}${margin === null ? '' : `, margin ${rounded(margin)}`}`;
    this.tenths.setAttribute('aria-valuetext', text);
    this.key.textContent = margin === null ? `Line: the interval of the difference in ${METRICS[metric].name}.`
      : `Band: differences in ${METRICS[metric].name} smaller than the margin, which do not matter. Line: the interval of the difference.`;
    for (const arm of arms) {
      const line = this.arms.get(arm.arm) ?? this.add(arm.arm);
      fill(line.summary, brief(arm, metric));
      fill(line.body, full(arm, margin));
    }
  }

  /** Keeps each arm's element, so that it stays open. */
  add(arm) {
    const line = { summary: h('span', { class: 'line' }), body: h('div', {}) };
    this.arms.set(arm, line);
    this.body.append(h('details', { class: 'verdict' }, h('summary', {}, line.summary), line.body));
    return line;
  }
}

/** One line: what the verdict is, and the difference that it rests on. */
function brief({ arm, epochs, verdict: { code }, interval, sequence, warnings }, metric) {
  const { low, high } = sequence ?? interval;
  const mean = epochs[epochs.length - 1]?.[metric]?.mean ?? null;
  const range = low === null ? '' : ` (${rounded(low)} to ${rounded(high)})`;
  const parts = [
    h('strong', {}, arm),
    h('span', { class: 'code' }, words(code)),
    mean === null ? null : h('span', { class: 'figures' }, `${METRICS[metric].name} ${mean > 0 ? '+' : ''}${rounded(mean)}${range}`),
    warnings.length ? h('span', { class: 'warned' }, counted(warnings.length, 'warning')) : null,
  ];
  return parts.filter(Boolean).flatMap((part) => [part, ' ']);
}

function full({ verdict: { summary, text }, interval, sequence, warnings }, margin) {
  return [
    marginPicture(sequence ?? interval, margin),
    sequence ? h('p', { class: 'key' }, 'The line is a confidence sequence, which holds at every look: the experiment may stop early.') : null,
    h('p', {}, summary),
    h('p', { class: 'figures' }, text.slice(summary.length).trim()),
    warnings.length ? h('ul', { class: 'warnings' }, warnings.map((warning) => h('li', {}, warning))) : null,
  ];
}
