import { h } from './dom.js';
import { Legend } from './legend.js';

/** Okabe and Ito's colours, which colour-blind readers can tell apart; dashes work without colour. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#8a7a00', '#7f7f7f'];
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 5], [12, 4], [3, 6], [8, 3, 2, 3, 2, 3]];
const DOTS = [2, 4];
const HEIGHT = 300;
const LOW = 220;
const PHONE = 480;
const ROOM_BELOW = 32;
const LINE = 18;
const dark = matchMedia('(prefers-color-scheme: dark)');

/**
 * A line chart with bands. Charts with the same horizontal axis share their cursor, so that each tells its values there. With the
 * keyboard it is a slider along that axis.
 *
 * @param {string} title
 * @param {{label: string, group?: string, points: Map<number, {y: number, low?: number, high?: number}>, number: number, faint?: boolean}[]} lines
 *     number chooses colour and dashes; group is a heading in the legend; a faint line is thin and has no legend; a neutral line is
 *     dotted and grey, without a band
 * @param {{x: string, log?: boolean, within?: number[], texts?: [number, string][], nominal?: boolean}} options within: limits of the
 *     y axis, however wide the bands; texts: the only ticks of the horizontal axis, each with its place; nominal: they are words, one
 *     apart, and have room for their lines
 */
export class Chart {
  constructor(title) {
    this.title = title;
    this.body = h('div', { class: 'plot', tabindex: 0, role: 'slider', 'aria-label': 'Values along the chart', keydown: (event) => this.move(event) });
    this.legend = new Legend();
    this.element = h('figure', { class: 'chart' }, h('figcaption', {}, title), this.body, this.legend.element);
    this.sizes = new ResizeObserver(() => this.plot?.setSize(size(this.body)));
    this.sizes.observe(this.body);
    this.repaint = () => this.lines && this.draw(this.lines, this.options, true);
    dark.addEventListener('change', this.repaint);
  }

  draw(lines, options, anew = false) {
    const shape = JSON.stringify([lines.map((line) => [line.group, line.label, line.faint]), options]);
    const styled = lines.map((line) => ({ ...line, ...style(line) }));
    this.lines = lines;
    this.options = options;
    this.legend.show(styled, options.x, new Map(options.texts));
    const data = aligned(lines);
    if (this.plot && shape === this.shape && !anew) {
      this.plot.setData(data);
      this.tell(this.plot);
      return;
    }
    this.shape = shape;
    this.plot?.destroy();
    this.plot = new uPlot({ ...settings(styled, options), ...size(this.body), hooks: { setCursor: [(plot) => this.tell(plot)] } }, data, this.body);
    this.plot.root.querySelector('canvas').setAttribute('aria-hidden', 'true');
    this.tell(this.plot);
  }

  tell({ cursor, data: [xs] }) {
    const now = cursor.idx ?? xs.length - 1;
    const text = this.legend.tell(xs[cursor.idx] ?? null);
    Object.entries({ min: 0, max: Math.max(0, xs.length - 1), now: Math.max(0, now), text })
      .forEach(([name, value]) => this.body.setAttribute(`aria-value${name}`, value));
  }

  move(event) {
    const { cursor, data: [xs] } = this.plot;
    const last = xs.length - 1;
    const at = cursor.idx ?? last + 1;
    const steps = { ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, Home: 0, End: last };
    if (event.key === 'Escape') {
      this.plot.setCursor({ left: -10, top: -10 }, true, true);
    } else if (event.key in steps && last >= 0) {
      event.preventDefault();
      const to = Math.min(last, Math.max(0, steps[event.key]));
      this.plot.setCursor({ left: this.plot.valToPos(xs[to], 'x'), top: 0 }, true, true);
    }
  }

  destroy() {
    dark.removeEventListener('change', this.repaint);
    this.sizes.disconnect();
    this.plot?.destroy();
  }
}

function size({ clientWidth: width }) {
  return { width: width || 600, height: width && width < PHONE ? LOW : HEIGHT };
}

/** Without a colour where a line is neutral. The dashes begin anew with another colour, so that 64 lines differ. */
function style({ number, neutral }) {
  return neutral
    ? { dash: DOTS }
    : { stroke: COLOURS[number % COLOURS.length], dash: DASHES[(number + Math.floor(number / COLOURS.length)) % DASHES.length] };
}

/** Columns for uPlot: x, then each line, followed by its band's edges if it has a band. */
function aligned(lines) {
  const xs = [...new Set(lines.flatMap((line) => [...line.points.keys()]))].sort((a, b) => a - b);
  const column = (line, key) => xs.map((x) => line.points.get(x)?.[key] ?? null);
  return [xs, ...lines.flatMap((line) => (line.faint || line.neutral ? ['y'] : ['y', 'low', 'high']).map((key) => column(line, key)))];
}

function settings(lines, { x, log, within, texts, nominal }) {
  const page = getComputedStyle(document.documentElement);
  const ink = page.getPropertyValue('--soft').trim();
  const grid = { stroke: page.getPropertyValue('--line').trim(), width: 1 };
  const axis = { stroke: ink, grid, ticks: grid, font: '12px system-ui, sans-serif' };
  const series = [{}];
  const bands = [];
  const none = { points: { show: false } };
  lines.forEach(({ stroke, dash, neutral, faint }) => {
    if (neutral) {
      series.push({ ...none, stroke: ink, width: 1, dash });
      return;
    }
    if (faint) {
      series.push({ ...none, stroke: `${stroke}55`, width: 1, spanGaps: true });
      return;
    }
    const first = series.push({ stroke, width: 2, dash, spanGaps: true, points: { size: 6, fill: stroke } });
    const edge = { ...none, stroke: 'transparent', width: 0 };
    series.push({ ...edge }, { ...edge });
    bands.push({ series: [first + 1, first], fill: `${stroke}2e` });
  });
  const words = texts?.map(([, text]) => (nominal ? text.split(' ').join('\n') : text));
  const ticks = texts
    ? { splits: () => texts.map(([place]) => place), values: () => words, size: ROOM_BELOW + LINE * Math.max(...words.map((text) => text.split('\n').length)) }
    : { incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10000, 100000] };
  return {
    series,
    bands,
    axes: [{ ...axis, label: x, labelFont: axis.font, labelSize: 20, ...ticks }, { ...axis, size: 56 }],
    scales: {
      x: { time: false, range: (_, low, high) => (nominal ? [low - 0.5, high + 0.5] : [low, texts && high > low ? high : Math.max(high, low + 1)]) },
      y: { distr: log ? 3 : 1, ...(within && { range: (_, low, high) => clamped(low, high, within) }) },
    },
    cursor: { drag: { x: true, y: false }, sync: { key: x } },
    legend: { show: false },
  };
}

function clamped(low, high, [least, most]) {
  const room = 0.05 * (high - low) || 0.1;
  return [Math.max(least, low - room), Math.min(most, high + room)];
}
