import { CircleX } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Words } from '../value/Words';

export interface Problem {
  code: string;
  message: string;
  path?: string | null;
  details?: readonly { name: string; value: string }[];
}

interface Props {
  problems: readonly Problem[];
  /** A problem of a field leads to it. */
  toField?: ((path: string) => void) | undefined;
  /** The way out of a refusal: the documents that hold the money, who can do it. */
  next?: ((problem: Problem) => ReactNode) | undefined;
}

/** A refusal is an answer, not an error: the rule with its figures and the way out, in cinnabar, read at once. */
export function Refusal({ problems, toField, next }: Props) {
  const { t } = useTranslation();
  const block = useRef<HTMLElement>(null);
  useEffect(() => block.current?.focus(), [problems]);
  return (
    <section className="dw-refusal" role="alert" tabIndex={-1} ref={block}>
      <h2><CircleX className="dw-icon-small" aria-hidden="true" /> {t('state.refused')}</h2>
      <ul>
        {problems.map((problem) => (
          <li key={problem.code + (problem.path ?? '')}>
            {problem.path && toField ? (
              <button type="button" className="dw-link" onClick={() => toField(problem.path!)}><Words of={problem.message} /></button>
            ) : (
              <Words of={problem.message} />
            )}
            {next?.(problem)}
          </li>
        ))}
      </ul>
    </section>
  );
}
