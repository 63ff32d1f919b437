// Puts a text that stands on the page into the clipboard.

/** Over plain HTTP browsers lock the clipboard's API; the old command still works on a selection. */
async function copied(node) {
  if (node instanceof HTMLInputElement) node.select();
  else getSelection().selectAllChildren(node);
  const text = node.value ?? node.textContent;
  return navigator.clipboard
    ? navigator.clipboard.writeText(text).then(() => true, () => false)
    : document.execCommand('copy');
}

/** Copies what `node` shows, and says on the button how it went: what could not be copied is selected at least. */
export async function copy(node, button) {
  if (node instanceof HTMLInputElement) node.focus();
  button.textContent = (await copied(node)) ? 'Copied' : 'Press Ctrl+C';
}
