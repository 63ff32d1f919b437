// What our components use of lit-html: one place that knows where it lies.

export { html, svg, render, nothing } from './lit/lit-html.js';
export { repeat } from './lit/directives/repeat.js';
export { classMap } from './lit/directives/class-map.js';
export { live } from './lit/directives/live.js';
export { ref } from './lit/directives/ref.js';
