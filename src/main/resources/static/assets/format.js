const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

export function time(iso) {
  return iso ? moment.format(new Date(iso)) : '–';
}

export function duration(seconds) {
  if (seconds === null || seconds === undefined) {
    return '–';
  }
  const units = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const first = Math.max(0, units.findIndex(([size]) => seconds >= size));
  const [[big, name], next] = [units[seconds < 1 ? 3 : first], units[first + 1]];
  const rest = next && seconds >= 60 ? Math.floor((seconds % big) / next[0]) : 0;
  return `${Math.floor(seconds / big)} ${name}${rest ? ` ${rest} ${next[1]}` : ''}`;
}

export function number(value, digits = 4) {
  return value === null || value === undefined ? '–' : value.toFixed(digits);
}

/** With few digits and a true minus. */
export function rounded(value, digits = 3) {
  return String(Number(value.toPrecision(digits))).replace('-', '−');
}

export function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export function percent(fraction) {
  return `${Math.round(fraction * 100)} %`;
}

/** snake_case or UPPER_CASE as words. */
export function words(name) {
  return name.toLowerCase().replaceAll('_', ' ');
}
