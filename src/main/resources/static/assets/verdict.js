import { h } from './dom.js';
import { words } from './format.js';

/** What the comparison says about each arm; nothing if there is no comparison. */
export function verdicts(comparison) {
  if (!comparison?.arms?.length) {
    return [];
  }
  return [
    h('h2', {}, `Compared with ${comparison.baseline}`),
    comparison.arms.map((arm) =>
      h(
        'article',
        { class: 'verdict' },
        h('h3', {}, arm.arm, ' ', arm.verdict ? h('span', { class: 'code' }, words(arm.verdict.code)) : null),
        arm.verdict ? h('p', {}, arm.verdict.text) : null,
        arm.warnings?.length ? h('ul', { class: 'warnings' }, arm.warnings.map((warning) => h('li', {}, warning))) : null,
      )),
  ];
}
