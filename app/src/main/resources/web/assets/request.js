// How this page talks to the server: one question, one answer, or what went wrong. What there is to ask stands in api.js.

/** What the server answered instead of a result, in the shape of its problem+json. */
export class ProblemError extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}.`);
    this.name = 'ProblemError';
    this.status = status;
    this.code = problem.code ?? '';
    this.detail = problem.detail ?? '';
    this.errors = problem.errors ?? [];
    this.reasons = problem.reasons ?? [];
    this.retryAfter = retryAfter;
  }
}

/** Our pages, by what people do there. */
export const pages = {
  library: '/',
  setup: '/setup',
  login: '/login',
  device: '/device',
  profile: '/profile',
  admin: '/admin/requests',
};

export function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {}; // A proxy's HTML error page, for one: the status has to do.
  }
}

export function problemFrom(status, text, retryAfter) {
  const seconds = Number.parseInt(retryAfter ?? '', 10);
  return new ProblemError(status, parsed(text), Number.isNaN(seconds) ? null : seconds);
}

/** Signed out, not set up, or in need of a new password: another page has to come first. */
function leaveIfNeeded(problem) {
  if (problem.status === 401 || problem.code === 'password_change_required') {
    const here = location.pathname + location.search + location.hash;
    location.replace(`${pages.login}?next=${encodeURIComponent(here)}`);
  } else if (problem.code === 'setup_required') {
    location.replace(pages.setup);
  }
}

/** One question in JSON; an answer that is a problem leads to the page that it takes first, unless told to `stay`. */
export async function call(method, path, { body, signal, stay = false } = {}) {
  const request = { method, signal, credentials: 'same-origin', headers: { accept: 'application/json' } };
  if (body !== undefined) {
    request.headers['content-type'] = 'application/json';
    request.body = JSON.stringify(body);
  }
  const response = await fetch(path, request);
  const text = await response.text();
  if (response.ok) return text === '' ? null : JSON.parse(text);
  const problem = problemFrom(response.status, text, response.headers.get('retry-after'));
  if (!stay) leaveIfNeeded(problem);
  throw problem;
}

/** The query of an address; what is empty is left out. */
export function query(values) {
  const filled = Object.entries(values).filter(([, value]) => value);
  return filled.length === 0 ? '' : `?${new URLSearchParams(filled)}`;
}

/**
 * Sends bytes and tells of their progress: XMLHttpRequest, because fetch cannot. Ends with the answered request, a
 * ProblemError, a TypeError when the connection broke, or an AbortError when `signal` stopped it.
 */
export async function transfer(method, path, headers, body, { onProgress, signal }) {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    for (const [name, value] of Object.entries({ accept: 'application/json', ...headers })) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onerror = () => reject(new TypeError('The connection broke.'));
    request.onabort = () => reject(new DOMException('Stopped', 'AbortError'));
    request.onload = () => {
      const { status, responseText } = request;
      if (status >= 200 && status < 300) resolve(request);
      else reject(problemFrom(status, responseText, request.getResponseHeader('retry-after')));
    };
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body);
  });
}
