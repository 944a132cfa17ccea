// The rules of the house for styles and screens, each a function from a file's text to its faults.

const shorthand = /(?:^|[\s;{])(?:margin|padding|inset|border-width)\s*:\s*([^\s;}]+)\s+([^\s;}]+)\s+([^\s;}]+)\s+([^\s;}]+)/g;
const physical = /(?<![-\w])(?:left|right)\s*:|(?:margin|padding|border|inset)-(?:left|right|top-left|top-right|bottom-left|bottom-right)|(?:text-align|float|clear)\s*:\s*(?:left|right)/g;
const harmful = /letter-spacing|font-style\s*:\s*italic|text-align\s*:\s*justify|text-transform/g;
const float = /parseFloat|\.toFixed\(|Number\([^)]*\.amount/g;

/** Physical sides (the class dw-amount alone may align right) and what harms Arabic script. */
export function styleFaults(text) {
  const plain = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
  const faults = [];
  for (const match of plain.matchAll(physical)) {
    const rule = plain.slice(plain.lastIndexOf('}', match.index) + 1, match.index);
    if (!(/\.dw-amount/.test(rule) && match[0].startsWith('text-align'))) faults.push({ at: match.index, what: `physical side: ${match[0]}` });
  }
  for (const match of plain.matchAll(shorthand)) if (match[2] !== match[4]) faults.push({ at: match.index, what: `physical side: ${match[0].trim()}` });
  for (const match of plain.matchAll(harmful)) faults.push({ at: match.index, what: `harms Arabic: ${match[0]}` });
  return faults;
}

/** Numbers and words written into a screen, fields without a name, floats near money. */
export function screenFaults(text) {
  const faults = codeFaults(text);
  for (const match of text.matchAll(/>\s*([^<>{}\n]*[0-9\u0660-\u0669][^<>{}\n]*)\s*<\//g)) faults.push({ at: match.index, what: `raw number in a screen: ${match[1].trim()}` });
  for (const match of text.matchAll(/>([^<>{}\n=]*[\u0621-\u064a]{2,}[^<>{}\n]*)</g)) faults.push({ at: match.index, what: `text outside words/: ${match[1].trim()}` });
  for (const match of text.matchAll(/<Form\.Item(?![^>]*\bname=)(?![^>]*\bnoStyle\b)[^>]*>/g)) faults.push({ at: match.index, what: 'Form.Item without a name' });
  return faults;
}

export const codeFaults = (text) => [...text.matchAll(float)].map((match) => ({ at: match.index, what: `a float near money: ${match[0]}` }));
