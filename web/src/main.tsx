import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from '@tanstack/react-router';
import './theme/fonts.css';
import './theme/base.css';
import './value/value.css';
import './sheet/sheet.css';
import './shell/shell.css';
import { PreferencesProvider } from './preferences/PreferencesProvider';
import { readPreferences } from './preferences/preferences';
import { router } from './router';
import { SessionGate } from './session/SessionGate';
import { AntProvider } from './theme/AntProvider';
import { themeVariables } from './theme/variables';
import { startWords } from './words/words';

const inks = document.createElement('style');
inks.textContent = themeVariables;
document.head.append(inks);

await startWords(readPreferences(localStorage).language);

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <PreferencesProvider>
      <AntProvider>
        <SessionGate>
          <RouterProvider router={router} />
        </SessionGate>
      </AntProvider>
    </PreferencesProvider>
  </StrictMode>,
);
