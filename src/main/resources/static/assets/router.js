/**
 * The address after the #, which can be shared and survives a reload: a path and a query.
 *
 * @returns {{path: string[], query: URLSearchParams}}
 */
export function route() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  return { path: path.split('/').filter(Boolean), query: new URLSearchParams(query) };
}

/** The address of a view; empty values are left out of its query. */
export function address(path, query = {}) {
  const kept = Object.entries(query).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  return `#/${path}${kept.length ? `?${new URLSearchParams(kept)}` : ''}`;
}

export function go(path, query) {
  location.hash = address(path, query);
}
