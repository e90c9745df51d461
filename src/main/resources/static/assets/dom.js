/**
 * Makes an element. Content becomes text nodes, so that names given by users are never markup.
 *
 * @param {string} tag the element's name
 * @param {Object} attributes functions become listeners; false and null are left out
 */
export function h(tag, attributes = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else if (name === 'style') {
      // the content security policy forbids the attribute
      element.style.cssText = value;
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...content.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Makes an element of a picture. */
export function svg(tag, attributes, children = []) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children);
  return element;
}

/** Replaces an element's content unless it would look the same, so that focus and selection are kept. */
export function fill(element, ...content) {
  const fresh = h('div', {}, ...content);
  if (fresh.innerHTML !== element.innerHTML) {
    element.replaceChildren(...fresh.childNodes);
  }
}

/** A label above its control, and a hint below. */
export function field(label, control, hint) {
  const id = `field-${label.toLowerCase().replace(/\W+/g, '-')}`;
  control.id = id;
  return h('div', { class: 'field' }, h('label', { for: id }, label), control, hint ? h('small', {}, hint) : null);
}

export function select(options, chosen, attributes = {}) {
  return h('select', attributes, options.map(([value, text]) => h('option', { value, selected: value === chosen }, text)));
}
