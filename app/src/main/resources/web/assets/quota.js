// How much of their space somebody has used, where they add files.

import { me } from './api.js';
import { byId } from './dom.js';
import { size } from './format.js';
import { html, render } from './lit.js';

function show({ quota_bytes: quota, used_bytes: used }) {
  const place = byId('quota');
  place.hidden = quota === null || quota === undefined;
  if (place.hidden) return;
  render(html`<label for="quota-bar">${size(used)} of your ${size(quota)} used</label><progress id="quota-bar" max=${Math.max(quota, 1)} .value=${Math.min(used, quota)}></progress>`, place);
}

/** Shows it for whoever has a bound; the function returned shows it anew after files were added or taken away. */
export function wireQuota({ user, adds }) {
  if (!user || !adds || user.quota_bytes === null || user.quota_bytes === undefined) return () => {};
  show(user);
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(async () => show((await me()).user), 500);
  };
}
