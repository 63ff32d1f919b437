// Numbers, dates and names in the reader's own way of writing them.

const units = ['KB', 'MB', 'GB', 'TB'];

/** Bytes in the unit that people know from their file manager: 1 KB is 1000 bytes. */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = value < 9.95 && unit > 0 ? 1 : 0;
  return `${new Intl.NumberFormat(undefined, { maximumFractionDigits: digits }).format(value)} ${units[unit]}`;
}

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const minute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export const date = (iso) => day.format(new Date(iso));
export const dateTime = (iso) => minute.format(new Date(iso));

/** Never 0:00: what is shorter than a second still lasts. */
export function duration(milliseconds) {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'));
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${parts.join(':')}` : `${Number(parts[0])}:${parts[1]}`;
}

/** Seconds as somebody would say them. */
export function wait(seconds) {
  if (seconds < 90) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

export const count = (number, one, many) => `${new Intl.NumberFormat().format(number)} ${number === 1 ? one : many}`;

const kinds = { image: 'picture', video: 'video', audio: 'audio', document: 'document', other: 'file' };
export const kind = (media) => kinds[media.kind] ?? kinds.other;
export const iconOf = (media) => (media.kind in kinds ? media.kind : 'other');

export const title = (media) => media.title || media.filename;

/** The ending of the file name in capitals, short enough for a label; empty when there is none. */
export function ending(filename) {
  const match = /\.([\p{L}\p{N}]{1,5})$/u.exec(filename);
  return match ? match[1].toUpperCase() : '';
}

const shownByBrowsers = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif']);
export const isPicture = (media) => shownByBrowsers.has(media.content_type);
