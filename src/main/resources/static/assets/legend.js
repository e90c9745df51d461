import { h, svg } from './dom.js';

const DIGITS = 4;

/** Names the lines of a chart, under their experiment if they have one, with their values where the cursor is. */
export class Legend {
  constructor() {
    this.place = h('span', {});
    this.list = h('ul', {});
    this.element = h('div', { class: 'legend' }, this.place, this.list);
  }

  /**
   * @param {string} x what the horizontal axis counts
   * @param {Map<number, string>} texts for places that are not shown as they are
   */
  show(lines, x, texts) {
    this.texts = texts;
    this.lines = lines.filter((line) => !line.faint);
    this.x = x;
    this.values = this.lines.map(() => h('span', { class: 'value' }));
    const entries = this.lines.map((line, index) => h('li', {}, swatch(line), h('span', {}, line.label), ' ', this.values[index]));
    const groups = [...new Set(this.lines.map(({ group }) => group))];
    this.list.replaceChildren(...groups.flatMap((group) => {
      const own = entries.filter((_, index) => this.lines[index].group === group);
      return group === undefined ? own : h('li', { class: 'group' }, h('span', {}, group), h('ul', {}, own));
    }));
    this.tell(this.at ?? null);
  }

  /**
   * @param {?number} at null for where each line ends
   * @returns {string} what it shows, in a sentence
   */
  tell(at) {
    this.at = at;
    const places = this.lines.map(({ points }) => at ?? Math.max(...points.keys()));
    const first = places.find(Number.isFinite);
    this.place.textContent = first === undefined ? '' : places.every((place) => place === first || !Number.isFinite(place)) ? `${this.x} ${this.texts.get(first) ?? first}` : 'Where each ends';
    this.lines.forEach(({ points }, index) => {
      this.values[index].textContent = value(points.get(places[index]));
    });
    return [this.place.textContent, ...this.lines.map(({ group, label }, index) => `${group === undefined ? '' : `${group}: `}${label} ${this.values[index].textContent}`)].join('; ');
  }
}

function value(point) {
  if (typeof point?.y !== 'number') {
    return '–';
  }
  const { y, low, high } = point;
  return typeof low === 'number' ? `${y.toFixed(DIGITS)} (${low.toFixed(DIGITS)} to ${high.toFixed(DIGITS)})` : y.toFixed(DIGITS);
}

function swatch({ stroke, dash }) {
  return svg('svg', { viewBox: '0 0 28 8', width: 28, height: 8, 'aria-hidden': 'true' }, [
    svg('line', { x1: 0, x2: 28, y1: 4, y2: 4, stroke: stroke ?? 'currentColor', 'stroke-width': stroke ? 2.5 : 1, 'stroke-dasharray': dash.join(' ') }),
  ]);
}
