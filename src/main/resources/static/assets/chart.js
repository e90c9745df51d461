import { h } from './dom.js';

/** Okabe and Ito's colours, which colour-blind readers can tell apart; dashes work without colour. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#8a7a00', '#7f7f7f'];
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 5], [12, 4], [3, 6], [8, 3, 2, 3, 2, 3]];
const HEIGHT = 300;
const dark = matchMedia('(prefers-color-scheme: dark)');

/**
 * A line chart with bands.
 *
 * @param {string} title
 * @param {{label: string, points: Map<number, {y: number, low?: number, high?: number}>, number: number, faint?: boolean}[]} lines
 *     number chooses colour and dashes; a faint line is thin and has no legend; a neutral line is dotted and grey, without a band
 * @param {{x: string, log?: boolean, within?: number[]}} options within: limits of the y axis, however wide the bands
 */
export class Chart {
  constructor(title) {
    this.title = title;
    this.body = h('div', { class: 'plot' });
    this.element = h('figure', { class: 'chart' }, h('figcaption', {}, title), this.body);
    this.sizes = new ResizeObserver(() => this.plot?.setSize({ width: this.body.clientWidth, height: HEIGHT }));
    this.sizes.observe(this.body);
    this.repaint = () => this.lines && this.draw(this.lines, this.options, true);
    dark.addEventListener('change', this.repaint);
  }

  draw(lines, options, anew = false) {
    const shape = JSON.stringify([lines.map((line) => [line.label, line.faint]), options]);
    this.lines = lines;
    this.options = options;
    const data = aligned(lines);
    if (this.plot && shape === this.shape && !anew) {
      this.plot.setData(data);
      return;
    }
    this.shape = shape;
    this.plot?.destroy();
    this.plot = new uPlot(settings(lines, options, this.body.clientWidth || 600), data, this.body);
    this.plot.root.querySelector('canvas').setAttribute('aria-hidden', 'true');
  }

  destroy() {
    dark.removeEventListener('change', this.repaint);
    this.sizes.disconnect();
    this.plot?.destroy();
  }
}

/** Columns for uPlot: x, then each line, followed by its band's edges if it has a band. */
function aligned(lines) {
  const xs = [...new Set(lines.flatMap((line) => [...line.points.keys()]))].sort((a, b) => a - b);
  const column = (line, key) => xs.map((x) => line.points.get(x)?.[key] ?? null);
  return [xs, ...lines.flatMap((line) => (line.faint || line.neutral ? ['y'] : ['y', 'low', 'high']).map((key) => column(line, key)))];
}

function settings(lines, { x, log, within }, width) {
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue('--soft').trim();
  const grid = { stroke: style.getPropertyValue('--line').trim(), width: 1 };
  const axis = { stroke: ink, grid, ticks: grid, font: '12px system-ui, sans-serif' };
  const series = [{ label: x }];
  const bands = [];
  lines.forEach((line) => {
    const stroke = COLOURS[line.number % COLOURS.length];
    if (line.neutral) {
      series.push({ label: line.label, stroke: ink, width: 1, dash: [2, 4], value: (_, value) => (value === null ? '–' : value.toFixed(4)), points: { show: false } });
      return;
    }
    if (line.faint) {
      series.push({ label: line.label, stroke: `${stroke}55`, width: 1, spanGaps: true, points: { show: false }, class: 'unlisted' });
      return;
    }
    const first = series.push({ label: line.label, stroke, width: 2, dash: DASHES[line.number % DASHES.length], spanGaps: true, value: (_, value) => (value === null ? '–' : value.toFixed(4)), points: { size: 6, fill: stroke } });
    const edge = { stroke: 'transparent', width: 0, points: { show: false }, class: 'unlisted' };
    series.push({ ...edge, label: `${line.label} low` }, { ...edge, label: `${line.label} high` });
    bands.push({ series: [first + 1, first], fill: `${stroke}2e` });
  });
  return {
    width,
    height: HEIGHT,
    series,
    bands,
    axes: [{ ...axis, label: x, labelFont: axis.font, labelSize: 20, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10000, 100000] }, { ...axis, size: 56 }],
    scales: { x: { time: false }, y: { distr: log ? 3 : 1, ...(within && { range: (_, low, high) => clamped(low, high, within) }) } },
    cursor: { drag: { x: true, y: false } },
    legend: { markers: { width: 3 } },
  };
}

function clamped(low, high, [least, most]) {
  const room = 0.05 * (high - low) || 0.1;
  return [Math.max(least, low - room), Math.min(most, high + room)];
}
