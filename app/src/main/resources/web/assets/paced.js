// Something that many ask for and that is done once for all of them, with a rest after each time.

/** At least this long, in milliseconds, and longer for a slow server. */
const rest = 300;
const restFactor = 5;

/**
 * Makes the function by which one asks for `run(afresh)`: it waits for `ready()`, and whoever asks meanwhile is served by one
 * more round. What it answers ends when there is nothing left to do. `afresh` is true when anyone of those who asked said so.
 */
export function paced(ready, run) {
  let asked = false;
  let afresh = false;
  let rounds = null;

  async function go() {
    while (asked) {
      await ready();
      const start = performance.now();
      const anew = afresh;
      asked = false;
      afresh = false;
      await run(anew);
      await new Promise((later) => setTimeout(later, Math.max(rest, restFactor * (performance.now() - start))));
    }
  }

  return (anew = false) => {
    asked = true;
    afresh ||= anew;
    rounds ??= go().finally(() => (rounds = null));
    return rounds;
  };
}
