/** An answer that is none: status 0 where the service cannot be reached. */
export class ApiError extends Error {
  constructor(status, problem, retryAfter) {
    super(problem?.detail ?? 'The service cannot be reached.');
    this.status = status;
    this.errors = problem?.errors ?? [];
    this.retryAfter = retryAfter;
  }

  /** Whether it may pass without anyone doing anything. */
  get passes() {
    return this.status === 0 || this.status === 429 || this.status === 503;
  }
}

/** Asks the service; gives the JSON of its answer, or null where it has none. */
export async function ask(path, { method = 'GET', body, signal } = {}) {
  const headers = { Accept: 'application/json' };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  let answer;
  let text;
  try {
    answer = await fetch(path, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
    text = await answer.text();
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new ApiError(0);
  }
  if (!answer.ok) {
    throw new ApiError(answer.status, parse(text), Number(answer.headers.get('Retry-After')) || null);
  }
  return text ? JSON.parse(text) : null;
}

/** As {@link ask}, with null where there is nothing at the path. */
export async function find(path, options) {
  try {
    return await ask(path, options);
  } catch (failure) {
    if (failure.status === 404) {
      return null;
    }
    throw failure;
  }
}

/** A proxy's answer may be no JSON. */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { detail: 'The service gave an answer that cannot be read.' };
  }
}
