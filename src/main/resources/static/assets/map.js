import { h } from './dom.js';
import { counted, rounded, words } from './format.js';
import { METRICS } from './quantities.js';
import { address } from './router.js';

/** As in the service's pictures, whose MapColours these are: from a neutral middle to blue, where the arm is better, and to orange, where it is worse. */
const RAMPS = {
  light: { better: ['#f3f3f1', '#bfd8ec', '#6aa6d3', '#2b6cab', '#0a3a78'], worse: ['#f3f3f1', '#fbe3c4', '#f9c98c', '#f4a950', '#e98a1f'] },
  dark: { better: ['#20262d', '#1f4468', '#2f6ea8', '#5ca3e0', '#a9d6ff'], worse: ['#20262d', '#47331f', '#714a1c', '#9e6216', '#cc7a0e'] },
};
/** Where a code in words would say more than it means; as in the service's pictures. */
const MEANINGS = { NO_DIFFERENCE: 'no difference that matters', HEAD_START: 'head start, then unknown', INCONCLUSIVE: 'cannot tell', STILL_RUNNING: 'not finished' };
const LEVEL = 0.05;
/** In rem: half a number would be another one, so many columns scroll. */
const FIRST_COLUMN = 5.2;
const COLUMN = 3.6;
const dark = matchMedia('(prefers-color-scheme: dark)');

/** What stands for a verdict beside its colour. The first two are hollow where the difference may be chance among so many points. */
const MARKS = {
  BETTER: ['▲', '△'], WORSE: ['▼', '▽'], NO_DIFFERENCE: ['='], HEAD_START_ONLY: ['▶='], HEAD_START: ['▶?'], INCONCLUSIVE: ['?'], TOO_FEW_TRIALS: ['…'], STILL_RUNNING: ['◐'],
};

/**
 * A map as tables: the first axis from left to right, the second from the bottom up, a table for each value of the third.
 *
 * @param {{axes: Object[], points: Object[], metric: string}} map
 */
export function mapTables(map) {
  const [across, up, through] = map.axes;
  const colours = new Colours(map);
  const layers = through ? through.texts.map((text, index) => [`${through.label} ${text}`, index]) : [[null, null]];
  return layers.map(([title, layer]) => {
    const at = (x, y) => map.points.find(({ indexes }) => indexes[0] === x && (!up || indexes[1] === y) && (!through || indexes[2] === layer));
    const rows = up ? up.texts.map((text, y) => [text, y]).reverse() : [[null, null]];
    const corner = [...(up ? [...breakable(up.label), '\u00a0↑ '] : []), ...breakable(across.label), '\u00a0→'];
    return h('div', { class: 'scroll' }, h(
      'table',
      { class: 'map', style: `min-width: ${FIRST_COLUMN + COLUMN * across.texts.length}rem` },
      h('caption', title ? {} : { class: 'hidden' }, title ?? 'Map'),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, corner), across.texts.map((text) => h('th', { scope: 'col' }, text)))),
      h('tbody', {}, rows.map(([text, y]) => h('tr', {}, h('th', { scope: 'row' }, text ?? 'Difference'), across.texts.map((_, x) => cell(at(x, y), map, colours))))),
    ));
  });
}

/** A name such as learningRate may be broken between its words. */
function breakable(label) {
  return label.split(/(?<=[a-z.])(?=[A-Z])/).flatMap((part, index) => (index ? [h('wbr'), part] : [part]));
}

function cell(point, { metric }, colours) {
  const { difference: { mean }, verdict, fraction } = point;
  const link = { href: address(`experiments/${point.experimentId}`), title: described(point, metric) };
  if (mean === null) {
    return h('td', { class: 'unknown' }, h('a', link, point.state === 'RUNNING' || fraction > 0 ? `${Math.round(100 * fraction)} %` : words(point.state)));
  }
  const mark = h('span', { 'aria-hidden': 'true', class: 'mark' }, marked(point));
  return h('td', { style: colours.of(mean) }, h('a', link, mark, h('span', { class: 'hidden' }, `${words(verdict)}: `), signed(mean)));
}

/** Always with two digits, so that neighbours can be compared at a glance. */
function signed(mean) {
  const digits = mean.toPrecision(2);
  return `${mean > 0 ? '+' : ''}${Math.abs(mean) < 10 ? digits : Number(digits)}`.replace('-', '−');
}

function marked({ verdict, tTestPAdjusted: p }) {
  const [sure, unsure] = MARKS[verdict];
  return unsure && !(p !== null && p < LEVEL) ? unsure : sure;
}

function described({ name, verdict, difference: { mean, ciLow, ciHigh }, pairs }, metric) {
  const range = ciLow === null ? '' : ` (${rounded(ciLow)} to ${rounded(ciHigh)})`;
  return mean === null ? name : `${name}: ${words(verdict)}, ${METRICS[metric].name} ${rounded(mean)}${range}, ${counted(pairs, 'pair')}`;
}

/** What colours and marks mean. */
export function mapKey(map) {
  const colours = new Colours(map);
  const worst = map.points.some(({ difference }) => difference.mean !== null) ? [-1, -0.5, 0, 0.5, 1] : [];
  const known = [...new Set(map.points.map(({ verdict }) => verdict).filter(Boolean))];
  return h(
    'p',
    { class: 'key' },
    worst.map((share) => h('span', { class: 'swatch', style: colours.of(share * colours.reach * METRICS[map.metric].better) })),
    worst.length ? ` worse to better, up to ${rounded(colours.reach, 2)}. ` : '',
    known.map((code) => `${MARKS[code].join(' or ')} ${MEANINGS[code] ?? words(code)}. `),
    known.some((code) => MARKS[code].length > 1) ? 'Hollow: may be chance among so many points.' : '',
  );
}

class Colours {
  constructor({ points, metric }) {
    this.reach = Math.max(...points.map(({ difference }) => Math.abs(difference.mean ?? 0)));
    this.better = METRICS[metric].better;
  }

  of(mean) {
    const good = this.reach ? (mean * this.better) / this.reach : 0;
    const ramps = RAMPS[dark.matches ? 'dark' : 'light'];
    const colour = mixed(good > 0 ? ramps.better : ramps.worse, Math.abs(good));
    return `background: rgb(${colour.join(' ')}); color: ${luminance(colour) > 0.18 ? '#000' : '#fff'}`;
  }
}

function mixed(ramp, share) {
  const place = Math.min(1, share) * (ramp.length - 1);
  const below = Math.min(ramp.length - 2, Math.floor(place));
  const [one, other] = [ramp[below], ramp[below + 1]].map((hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));
  return one.map((channel, index) => Math.round(channel + (place - below) * (other[index] - channel)));
}

/** As WCAG 2 has it; above 0.18, black has the higher contrast. */
function luminance(colour) {
  const [red, green, blue] = colour.map((channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The line of a map with one axis, for a chart, with the margin on either side of no difference. */
export function mapLine({ axes: [axis], points, arm }) {
  const place = axis.values.map((value, index) => ({ nominal: index, linear: value, logarithmic: Math.log10(value) })[axis.scale]);
  const line = points.filter(({ difference }) => difference.mean !== null)
    .map(({ indexes: [x], difference: { mean: y, ciLow: low, ciHigh: high } }) => [place[x], { y, low, high }]);
  const zero = { label: 'no difference', neutral: true, points: new Map(place.map((x) => [x, { y: 0 }])) };
  const edge = (sign) => new Map(points.filter(({ margin }) => margin !== null).map(({ indexes: [x], margin }) => [place[x], { y: sign * margin }]));
  const margins = [{ label: '± margin', neutral: true, points: edge(1) }, { label: '− margin', neutral: true, faint: true, points: edge(-1) }];
  return {
    lines: [{ label: arm ?? 'difference', number: 1, points: new Map(line) }, zero, ...margins.filter((margin) => margin.points.size)],
    options: { x: axis.label, texts: place.map((x, index) => [x, axis.texts[index]]), nominal: axis.scale === 'nominal' },
  };
}
