import { useState } from 'react';
import { ComboBox, I18nProvider, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { caretAtEnd, type CellEdit } from '../../archetype/grid/EntryGrid';
import { usePreferences } from '../../preferences/preferences';
import { useFinanceScope } from '../../shell/finance-scope';
import { toLatin } from '../../value/digits';
import { Code } from '../../value/Count';
import { Money } from '../../value/Money';
import { useLineChoices } from './use-lines';
import './lines.css';

/** The list of budget lines in a cell: looked for by parts of the key or by words, each with what is still free on it. */
export function KeyPicker({ text, label, change, done, leave }: CellEdit) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { year, chapter } = useFinanceScope();
  const [typed, setTyped] = useState(text);
  const { choices, reading } = useLineChoices(year, chapter, typed);
  const exact = choices.find((choice) => choice.key === toLatin(typed).trim());
  const only = exact ?? (choices.length === 1 ? choices[0] : undefined);
  return (
    <I18nProvider locale={language === 'ar' ? 'ar-JO' : 'en-GB'}>
      <ComboBox
        aria-label={label}
        autoFocus
        allowsCustomValue
        allowsEmptyCollection
        menuTrigger="focus"
        items={choices.slice(0, 60)}
        inputValue={typed}
        onInputChange={(next) => {
          setTyped(next);
          change(next);
        }}
        onChange={(key) => key !== null && done(String(key))}
        className="dw-key-box"
      >
        <Input
          className="dw-grid-input dw-key-input"
          dir="auto"
          ref={caretAtEnd}
          onKeyDown={(event) => {
            // Enter on a line of the list takes that line; without one, what was typed if it names a single line.
            const chosen = event.currentTarget.getAttribute('aria-activedescendant');
            if (event.key === 'Escape') leave();
            else if ((event.key === 'Tab' || (event.key === 'Enter' && !chosen)) && only) {
              event.preventDefault();
              done(only.key);
            }
          }}
          onBlur={() => done(exact?.key ?? typed)}
        />
        <Popover className="dw-key-list" placement="bottom start">
          <ListBox renderEmptyState={() => <p className="dw-quiet dw-key-none">{t(reading ? 'state.loading' : 'lines.none')}</p>}>
            {(choice: (typeof choices)[number]) => (
              <ListBoxItem id={choice.key} textValue={choice.key} className="dw-key-choice">
                <Code of={choice.key} />
                <span className="dw-key-names">{choice.names}</span>
                <Money value={choice.row.stages.availableNow} tone="available" />
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
    </I18nProvider>
  );
}
