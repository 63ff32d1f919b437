// The parts of forms: a control with its label, its hint and the place for what is wrong with it.

import { html, nothing } from './lit.js';

const described = (id, hint) => (hint ? `${id}-hint ${id}-error` : `${id}-error`);
const label = (id, text, optional) =>
  html`<label for=${id}>${text}${optional ? html` <span class="optional">optional</span>` : nothing}</label>`;
const below = (id, hint) => html`
  ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
  <p class="error" id="${id}-error" aria-live="polite" hidden></p>`;

/** One line of text. `id` is only needed where the name stands in several forms of a page. */
export const field = ({ name, id = name, text, type = 'text', value = '', hint, optional, ...rest }) => html`
  <div class="field">
    ${label(id, text, optional)}
    <input type=${type} id=${id} name=${name} .value=${value} aria-describedby=${described(id, hint)}
      autocomplete=${rest.autocomplete ?? 'off'} ?required=${rest.required} inputmode=${rest.inputmode ?? nothing}
      maxlength=${rest.maxlength ?? nothing} min=${rest.min ?? nothing} max=${rest.max ?? nothing} step=${rest.step ?? nothing}
      placeholder=${rest.placeholder ?? nothing} class=${rest.code ? 'code' : nothing} autocapitalize=${rest.plain ? 'none' : nothing}
      spellcheck=${rest.plain ? 'false' : nothing} @input=${rest.input ?? nothing}>
    ${below(id, hint)}
  </div>`;

function reveal({ currentTarget: button }) {
  const input = button.previousElementSibling;
  const shown = input.type === 'password';
  input.type = shown ? 'text' : 'password';
  button.textContent = shown ? 'Hide' : 'Show';
  button.setAttribute('aria-label', shown ? 'Hide password' : 'Show password');
}

/** A password, which can be shown while it is typed. */
export const passwordField = ({ name, id = name, text, hint, autocomplete = 'current-password', input = nothing }) => html`
  <div class="field">
    ${label(id, text)}
    <div class="reveal">
      <input type="password" id=${id} name=${name} autocomplete=${autocomplete} required aria-describedby=${described(id, hint)} @input=${input}>
      <button type="button" aria-label="Show password" @click=${reveal}>Show</button>
    </div>
    ${below(id, hint)}
  </div>`;

/** A choice; `options` are pairs of value and text. */
export const choice = ({ name, id = name, text, value = '', options, hint, optional, change = nothing }) => html`
  <div class="field">
    ${label(id, text, optional)}
    <select id=${id} name=${name} aria-describedby=${described(id, hint)} @change=${change}>
      ${options.map(([key, words]) => html`<option value=${key} ?selected=${key === value}>${words}</option>`)}
    </select>
    ${below(id, hint)}
  </div>`;

/** Something to tick. */
export const tick = ({ name, id = name, text, value = 'true', checked = false, hint }) => html`
  <div class="tick">
    <input type="checkbox" id=${id} name=${name} value=${value} ?checked=${checked} aria-describedby=${hint ? `${id}-hint` : nothing}>
    <label for=${id}>${text}${hint ? html`<span class="hint" id="${id}-hint">${hint}</span>` : nothing}</label>
  </div>`;

/** The place on top of a form for what is wrong with the whole. */
export const problemPlace = html`<p class="problem" role="alert" tabindex="-1" hidden></p>`;
