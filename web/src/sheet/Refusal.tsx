import { CircleX } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Words } from '../value/Words';

export interface Problem {
  code: string;
  message: string;
  path?: string | null;
}

/** A refusal is an answer, not an error: the rule with its figures, in cinnabar, read at once. */
export function Refusal({ problems }: { problems: readonly Problem[] }) {
  const { t } = useTranslation();
  const block = useRef<HTMLElement>(null);
  useEffect(() => block.current?.focus(), [problems]);
  return (
    <section className="dw-refusal" role="alert" tabIndex={-1} ref={block}>
      <h2><CircleX className="dw-icon-small" aria-hidden="true" /> {t('state.refused')}</h2>
      <ul>
        {problems.map((problem) => <li key={problem.code + (problem.path ?? '')}><Words of={problem.message} /></li>)}
      </ul>
    </section>
  );
}
