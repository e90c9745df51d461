import { svg } from './dom.js';

const WIDTH = 420;
const HEIGHT = 48;
const MIDDLE = 16;
const ROOM_FOR_A_NUMBER = 34;

/**
 * The interval of a difference as a line, over the differences that do not matter as a band. It is a picture of numbers that
 * stand beside it.
 *
 * @param {{low: ?number, high: ?number}} interval
 * @param {?number} margin without a band if it is null
 * @returns {?SVGElement} null if there is no interval yet
 */
export function marginPicture({ low, high }, margin) {
  if (low === null) {
    return null;
  }
  const reach = 1.15 * Math.max(Math.abs(low), Math.abs(high), margin ?? 0) || 1;
  const x = (value) => (WIDTH / 2) * (1 + value / reach);
  const band = margin === null ? [] : [svg('rect', { class: 'band', x: x(-margin), y: 2, width: x(margin) - x(-margin), height: 2 * MIDDLE - 4 }), ...edges(margin, x)];
  return svg('svg', { class: 'margin', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true' }, [
    ...band,
    svg('line', { class: 'zero', x1: x(0), x2: x(0), y1: 0, y2: 2 * MIDDLE }),
    svg('line', { class: 'interval', x1: x(low), x2: x(high), y1: MIDDLE, y2: MIDDLE }),
    svg('circle', { cx: x((low + high) / 2), cy: MIDDLE, r: 5 }),
    number('0', x(0)),
  ]);
}

/** The margin on either side, where there is room beside the 0. */
function edges(margin, x) {
  const text = String(Number(margin.toPrecision(3)));
  return x(margin) - x(0) < ROOM_FOR_A_NUMBER ? [] : [number(`−${text}`, x(-margin)), number(`+${text}`, x(margin))];
}

function number(text, x) {
  const element = svg('text', { x: Math.min(Math.max(x, 24), WIDTH - 24), y: HEIGHT - 2, 'text-anchor': 'middle' });
  element.append(text);
  return element;
}
