// Space in gigabytes as people type it, and in bytes as the server counts it.

import { field } from './fields.js';

const gigabyte = 1e9;

export const sizeField = ({ bytes = null, ...rest }) =>
  field({ type: 'number', min: 0, step: 'any', inputmode: 'decimal', optional: true, value: bytes === null ? '' : String(bytes / gigabyte), ...rest });

/** Bytes of what was typed; null for nothing. */
export const bytesOf = (typed) => (typed === undefined ? null : Math.round(Number(typed) * gigabyte));
