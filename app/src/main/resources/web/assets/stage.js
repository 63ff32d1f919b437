// Shows one item as large as there is room: a picture, a player, or its kind when a browser can do neither.

import { contentUrl, downloadUrl, thumbnailUrl } from './api.js';
import { el } from './dom.js';
import { isPicture, kind, title } from './format.js';
import { html, render } from './lit.js';
import { isText, textPage } from './text-page.js';
import { typedTile } from './typed-tile.js';
import { wireZoom } from './zoom.js';

/** Up to here the file itself follows its preview without being asked for, in bytes. */
const light = 4_000_000;

const download = (media) => html`<a class="button" href=${downloadUrl(media)}>Download</a>`;

function cannotShow(media) {
  const box = el('div', { class: 'stage-typed' });
  const why = ['document', 'other'].includes(media.kind) ? 'There is no preview of this' : 'This browser cannot show this';
  render(html`${typedTile(media)}<p>${why} ${kind(media)}. Download it to open it with another program.</p>${download(media)}`, box);
  return box;
}

/** Replaces the preview by the file once that is here, without a gap between the two. */
function sharpen(img, media) {
  if (img.dataset.whole) return;
  img.dataset.whole = 'coming';
  const whole = new Image();
  whole.src = contentUrl(media);
  whole.decode().then(
    () => img.isConnected && (img.src = whole.src),
    () => {}, // the preview stays
  );
}

function image(media, src) {
  const img = el('img', { src, alt: title(media), decoding: 'async', draggable: false });
  // Known before it is here, so that nothing jumps.
  return media.width && media.height ? Object.assign(img, { width: media.width, height: media.height }) : img;
}

/** What there is to see of a file that the browser cannot show itself. */
function preview(media) {
  const url = thumbnailUrl(media, 1024);
  if (!url) return cannotShow(media);
  const caption = el('figcaption');
  render(html`<span>A preview: this browser cannot ${media.kind === 'image' ? 'show' : 'play'} the ${kind(media)} itself.</span>${download(media)}`, caption);
  const img = image(media, url);
  const figure = el('figure', { class: 'preview' }, img, caption);
  img.addEventListener('error', () => figure.isConnected && figure.replaceWith(cannotShow(media)));
  return figure;
}

function picture(media) {
  const small = thumbnailUrl(media, 1024);
  const img = image(media, small ?? contentUrl(media));
  if (small && (media.size_bytes <= light || media.content_type === 'image/gif')) sharpen(img, media);
  wireZoom(img, () => small && sharpen(img, media));
  return img;
}

function player(media) {
  const poster = media.kind === 'video' ? thumbnailUrl(media, 1024) : null;
  const node = el(media.kind, { src: contentUrl(media), controls: true, preload: 'metadata', poster, 'aria-label': title(media) });
  if (media.kind === 'video') node.playsInline = true;
  return node;
}

/** A sound below its cover, where it has one. */
function withCover(media, player) {
  const cover = media.kind === 'audio' ? thumbnailUrl(media, 1024) : null;
  return cover ? el('figure', { class: 'preview sound' }, el('img', { src: cover, alt: '', draggable: false }), player) : player;
}

/** Some films hold a picture that the browser cannot decode, while it plays their sound. */
const lacksPicture = (node) => node.localName === 'video' && node.videoWidth === 0;

function text(media) {
  const page = textPage(media, () => page.isConnected && page.replaceWith(cannotShow(media)));
  return page;
}

/** A node for the stage; when the browser fails on the file, what there is of it comes instead. */
function staged(media) {
  const plays = media.kind === 'video' || media.kind === 'audio';
  if (isText(media)) return text(media);
  if (!plays && !isPicture(media)) return preview(media);
  const node = plays ? player(media) : picture(media);
  const shown = plays ? withCover(media, node) : node;
  const giveUp = () => shown.isConnected && shown.replaceWith(plays ? preview(media) : cannotShow(media));
  node.addEventListener('error', giveUp);
  node.addEventListener('loadedmetadata', () => lacksPicture(node) && giveUp());
  return shown;
}

/** Lets go of a player's connection: a removed video would go on loading. */
export function clearStage(stage) {
  for (const player of stage.querySelectorAll('video, audio')) {
    player.pause();
    player.removeAttribute('src');
    player.load();
  }
  stage.classList.remove('zoomed');
  stage.replaceChildren();
}

export function showOnStage(stage, media) {
  clearStage(stage);
  stage.append(staged(media));
}
