// A QR code that the server drew. As the source of an image an SVG can run nothing, whatever stands in it.

import { html } from './lit.js';

const shown = new Map();

function address(svg) {
  if (!shown.has(svg)) shown.set(svg, URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' })));
  return shown.get(svg);
}

export const qr = (svg, alt) => html`<img class="qr" src=${address(svg)} alt=${alt} width="240" height="240">`;
