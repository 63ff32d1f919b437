// The same for many items: a few requests at a time, and what failed is counted.

const atOnce = 4;

/** Calls `act(media)` for each; the results that came, and the first error with how many there were. */
export async function each(list, act) {
  const waiting = [...list];
  const results = [];
  const errors = [];
  const work = async () => {
    for (let media = waiting.shift(); media !== undefined; media = waiting.shift()) {
      try {
        results.push((await act(media)) ?? media);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { results, failed: errors.length, error: errors[0] ?? null };
}
