// Shows one item as large as there is room: a picture, a player, or its kind when a browser can do neither.

import { contentUrl } from './api.js';
import { el } from './dom.js';
import { isPicture, kind, title } from './format.js';
import { typedTile } from './typed-tile.js';

function cannotShow(media) {
  return el('div', { class: 'stage-typed' }, typedTile(media), el('p', {}, `This ${kind(media)} cannot be shown here. Download it to open it.`));
}

function picture(media) {
  return el('img', { src: contentUrl(media), alt: title(media), decoding: 'async' });
}

function player(media) {
  const properties = { src: contentUrl(media), controls: true, preload: 'metadata', 'aria-label': title(media) };
  return el(media.kind, properties);
}

/** Some films hold a picture that the browser cannot decode, while it plays their sound. */
const lacksPicture = (node) => node.localName === 'video' && node.videoWidth === 0;

/** A node for the stage; when the browser fails on the file, it turns into the typed tile. */
export function staged(media) {
  const plays = media.kind === 'video' || media.kind === 'audio';
  if (!plays && !isPicture(media)) return cannotShow(media);
  const node = plays ? player(media) : picture(media);
  const giveUp = () => node.isConnected && node.replaceWith(cannotShow(media));
  node.addEventListener('error', giveUp);
  node.addEventListener('loadedmetadata', () => lacksPicture(node) && giveUp());
  return node;
}

/** Lets go of a player's connection: a removed video would go on loading. */
export function clearStage(stage) {
  for (const player of stage.querySelectorAll('video, audio')) {
    player.pause();
    player.removeAttribute('src');
    player.load();
  }
  stage.replaceChildren();
}
