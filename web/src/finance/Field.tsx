import type { ReactNode } from 'react';

interface Props {
  /** The field's id, which its label and its problems lead to. */
  name: string;
  label: string;
  hint?: ReactNode;
  problem?: string | undefined;
  wide?: boolean;
  children: ReactNode;
}

/** One field of a form: its word above, its hint and its problem below. */
export function Field({ name, label, hint, problem, wide, children }: Props) {
  return (
    <div className={wide ? 'dw-field dw-wide' : 'dw-field'}>
      <label htmlFor={name}>{label}</label>
      {children}
      {hint && <span className="dw-field-hint" id={`${name}-hint`}>{hint}</span>}
      {problem && <span className="dw-field-refusal" id={`${name}-problem`} role="alert">{problem}</span>}
    </div>
  );
}

/** The problem of a field, out of those of an answer. */
export const problemAt = (problems: readonly { path?: string | null; message: string }[], path: string): string | undefined => problems.find((problem) => problem.path === path)?.message;
