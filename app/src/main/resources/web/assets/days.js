// Days of the timeline, as the visitor's clock and language have them.

const long = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const brief = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const short = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const month = new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** The name of the visitor's time zone, which the server folds days by. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function parts(day) {
  const [, year, month, date] = /^([+-]?\d+)-(\d\d)-(\d\d)$/.exec(day).map(Number);
  return { year, month, date };
}

/** The moment at which a day such as `2026-11-20` begins here, or one that many days later. */
export function startOf(day, later = 0) {
  const { year, month, date } = parts(day);
  const start = new Date(2000, 0, 1);
  start.setFullYear(year, month - 1, date + later); // the constructor would take the year 26 for 1926
  return start;
}

export const yearOf = (day) => parts(day).year;
export const monthOf = (day) => day.slice(0, -3);
export const monthName = (day) => month.format(startOf(day));

const capital = (text) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** “Today”, “Yesterday”, or the date: in as few letters as can be (`room` 0), some more (1) or in full (2). */
export function dayName(day, room, now = new Date()) {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const ago = Math.round((startOf(day) - today) / 86_400_000); // rounded: some days have 23 hours
  if (ago === 0 || ago === -1) return capital(relative.format(ago, 'day'));
  return capital([brief, short, long][room].format(startOf(day)));
}

const two = (number) => String(number).padStart(2, '0');

/** The day that something belongs to: when it was taken, or added where that is not known. */
export function dayOf(media) {
  const at = new Date(media.taken_at ?? media.uploaded_at);
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
