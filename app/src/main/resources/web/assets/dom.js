// Building and finding elements. Text always goes in as text, so data cannot become markup.

export const byId = (id) => document.getElementById(id);

/** Whether somebody mostly uses fingers here. */
export const byTouch = () => matchMedia('(pointer: coarse)').matches;

function apply(node, name, value) {
  if (value === undefined || value === null) return;
  if (name === 'class') node.className = value;
  else if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
  else if (name in node) node[name] = value;
  else node.setAttribute(name, value);
}

/** Makes an element; `null` children are left out, strings become text. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) apply(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Shows `text` in a live region, also when it says the same again. */
export function announce(region, text) {
  region.textContent = '';
  setTimeout(() => (region.textContent = text), 50);
}
