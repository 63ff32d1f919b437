// Where to go after signing in. Only a path on this site: anything else would be an open redirect.

const controlCharacter = /[\u0000-\u001f\u007f]/;

/** `path` when it starts with exactly one slash, holds no control character and stays here; else null. */
export function safePath(path) {
  if (!path || path[0] !== '/' || path[1] === '/' || path[1] === '\\' || controlCharacter.test(path)) return null;
  return new URL(path, location.origin).origin === location.origin ? path : null;
}
