/** What a key press means for us: by place on the keyboard, so that the Arabic layout works. */
export type Press = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

export type ShellKey = 'palette' | 'search' | 'list' | 'language' | 'as-of' | 'now' | `module-${number}`;

/** The shell's own keys. Single keys mean nothing while somebody writes; combinations always do. */
export function shellKey(press: Press, writing: boolean): ShellKey | undefined {
  const control = press.ctrlKey || press.metaKey;
  if (control && !press.altKey && !press.shiftKey && press.code === 'KeyK') return 'palette';
  if (press.altKey && !control) {
    if (press.shiftKey) return press.code === 'KeyL' ? 'language' : undefined;
    const digit = /^Digit([1-9])$/.exec(press.code);
    return digit ? `module-${Number(digit[1])}` : undefined;
  }
  if (writing || control || press.altKey) return undefined;
  if (press.code === 'KeyT') return press.shiftKey ? 'now' : 'as-of';
  if (press.code !== 'Slash') return undefined;
  return press.shiftKey ? 'list' : 'search';
}
