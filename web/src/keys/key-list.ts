/** The keys as their list shows them; the names stand under `keys.does.` in words/. */
export const shownKeys = [
  { name: 'palette', keys: ['Ctrl+K'] },
  { name: 'search', keys: ['/'] },
  { name: 'modules', keys: ['Alt+1', '…', 'Alt+9'] },
  { name: 'rows', keys: ['J', 'K'] },
  { name: 'open', keys: ['Enter'] },
  { name: 'peek', keys: ['Space'] },
  { name: 'select', keys: ['X', 'Shift+X'] },
  { name: 'decide', keys: ['A', 'R', 'F'] },
  { name: 'primary', keys: ['Ctrl+Enter'] },
  { name: 'cells', keys: ['F2', 'Ctrl+D', 'Ctrl+;'] },
  { name: 'draft', keys: ['Ctrl+S'] },
  { name: 'asOf', keys: ['T', 'Shift+T'] },
  { name: 'margin', keys: ['M', 'N'] },
  { name: 'language', keys: ['Alt+Shift+L'] },
  { name: 'list', keys: ['?', 'Esc'] },
] as const;
