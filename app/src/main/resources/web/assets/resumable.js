// One large file in pieces. A break costs what was on its way, and where an upload stands is remembered until it is done: whoever
// chooses the same file again within a day, after a crash or in a new window, goes on where it stopped.

import { beginUpload, endUpload, getMedia, lookAtUpload, sendPiece } from './api.js';

const pieceSize = 32 * 2 ** 20;
const prefix = 'upload:';
const day = 24 * 3600 * 1000;

const key = (file) => `${prefix}${file.size}:${file.lastModified}:${file.name}`;

/** Storage may be forbidden or full: then an upload lives as long as its page. */
function storage(use) {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}

function remembered(file) {
  const [address, until] = storage((store) => store.getItem(key(file)))?.split(' ') ?? [];
  return Number(until) > Date.now() ? address : null;
}

const remember = (file, address) => storage((store) => store.setItem(key(file), `${address} ${Date.now() + day}`));
const forget = (file) => storage((store) => store.removeItem(key(file)));

/** Names of files are nobody else's business: at sign-out they go. */
export const forgetUploads = () =>
  storage((store) => Object.keys(store).filter((name) => name.startsWith(prefix)).forEach((name) => store.removeItem(name)));

/** Small files are sent whole: one request costs less than two. */
export const isLarge = (file) => file.size > pieceSize / 4;

/** The upload of this file that was begun before; null when there is none, or it is gone or another person's. */
async function begun(file, signal) {
  const address = remembered(file);
  if (!address) return null;
  try {
    return { address, ...(await lookAtUpload(address, signal)) };
  } catch (error) {
    if (error.status !== 404 && error.status !== 410) throw error;
    forget(file);
    return null;
  }
}

async function begin(file, signal) {
  const address = await beginUpload(file, signal);
  remember(file, address);
  return { address, offset: 0, mediaId: null };
}

/** Sends what the server does not have yet, and ends with `{status, media}`. */
export async function sendResumable(file, { onProgress, signal }) {
  let upload = (await begun(file, signal)) ?? (await begin(file, signal));
  while (!upload.mediaId) {
    const { address, offset } = upload;
    onProgress(offset);
    const piece = file.slice(offset, offset + pieceSize);
    upload = { address, ...(await sendPiece(address, offset, piece, { onProgress: (sent) => onProgress(offset + sent), signal })) };
  }
  forget(file);
  return { status: upload.status, media: await getMedia(upload.mediaId) };
}

/** Drops what the server has of this file. */
export async function dropResumable(file) {
  const address = remembered(file);
  forget(file);
  if (address) await endUpload(address).catch(() => {}); // It ends by itself within a day.
}
