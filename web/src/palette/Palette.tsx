import { Search } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { usePaletteOptions } from './use-palette-options';
import './palette.css';

/** One box for all: go somewhere, act, find. Arrows move, Enter does it, Esc closes; what was typed decides what is meant. */
export function Palette({ begin, close }: { begin: string; close: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState(begin);
  const [at, setAt] = useState(0);
  const { groups, searching, searched } = usePaletteOptions(typed);
  const options = groups.flatMap((group) => group.options);
  const chosen = options[Math.min(at, options.length - 1)];
  const optionId = (key: string) => `${id}-${key}`;

  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    if (chosen) document.getElementById(optionId(chosen.key))?.scrollIntoView({ block: 'nearest' });
  });

  const pick = (option = chosen) => {
    if (!option) return;
    close();
    option.go();
  };
  const pressed = (event: KeyboardEvent) => {
    const step = event.code === 'ArrowDown' ? 1 : event.code === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && options.length > 0) {
      event.preventDefault();
      setAt((before) => (Math.min(before, options.length - 1) + step + options.length) % options.length);
    } else if (event.code === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      pick();
    }
  };

  return (
    <dialog
      ref={dialog}
      className="dw-palette"
      aria-label={t('palette.title')}
      onClose={close}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div className="dw-palette-box">
        <Search className="dw-icon" aria-hidden="true" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={chosen && optionId(chosen.key)}
          aria-label={t('palette.box')}
          placeholder={t('palette.placeholder')}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={pressed}
        />
        <kbd aria-hidden="true">{'Esc'}</kbd>
      </div>
      <div id={`${id}-list`} role="listbox" aria-label={t('palette.answers')} className={searching ? 'dw-palette-list dw-reading' : 'dw-palette-list'}>
        {groups.map((group) => (
          <div key={group.name} role="group" aria-labelledby={`${id}-${group.name}`}>
            <div id={`${id}-${group.name}`} className="dw-palette-group">{t(`palette.groups.${group.name}`)}</div>
            {group.options.map((option) => (
              <div
                key={option.key}
                id={optionId(option.key)}
                role="option"
                aria-selected={option === chosen}
                className="dw-palette-option"
                onClick={() => pick(option)}
                onPointerMove={() => setAt(options.indexOf(option))}
              >
                <bdi>{option.title}</bdi>
                {option.why && <small className="dw-palette-why">{option.why}</small>}
                {option.beside && <small>{option.beside}</small>}
              </div>
            ))}
          </div>
        ))}
      </div>
      <p className="dw-palette-foot" role="status">
        {options.length === 0 && !searching ? t(searched ? 'palette.nothing' : 'palette.nothingHere') : t('palette.signs')}
      </p>
    </dialog>
  );
}
