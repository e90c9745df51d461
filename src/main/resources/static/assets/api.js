/** An error answer; its status is 0 if the service cannot be reached. */
export class ApiError extends Error {
  constructor(status, problem, retryAfter) {
    super(problem?.detail ?? 'The service cannot be reached.');
    this.status = status;
    this.errors = problem?.errors ?? [];
    this.retryAfter = retryAfter;
  }

  /** Whether it may pass by itself. */
  get passes() {
    return this.status === 0 || this.status === 429 || this.status === 503;
  }
}

/** Sends a request; returns the answer's JSON, or null if it is empty. */
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

/** Like {@link ask}, but returns null on 404. */
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

/** A proxy may answer with something other than JSON. */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { detail: 'The service’s answer cannot be read.' };
  }
}
