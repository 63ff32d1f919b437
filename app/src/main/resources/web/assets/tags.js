// Tags as people type them.

/** The tags in a text with commas, each once. */
export const tagsIn = (text) => [...new Set(text.split(',').map((tag) => tag.trim()).filter(Boolean))];
