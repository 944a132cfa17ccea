import { Checkbox, Input, Modal, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TypedDocumentNode } from 'urql';
import { OutcomeNotice } from '../archetype/act/OutcomeNotice';
import { useCommand } from '../archetype/act/use-command';
import { Field, problemAt } from '../finance/Field';
import '../finance/form.css';
import { DateInput } from '../value/DateInput';
import { kinds, PersonField, RoleField, UnitField, useGradeChoices } from './fields';

/** One question of an act; its name is also the path of its problems. */
export interface Question {
  name: string;
  label: string;
  as: 'text' | 'latin' | 'long' | 'date' | 'unit' | 'person' | 'role' | 'grade' | 'kinds' | 'choice';
  options?: readonly { value: string; label: string }[];
  hint?: ReactNode;
  wide?: boolean;
}

/** What was answered, by the questions' names. */
export type Answers = Readonly<Record<string, string>>;

interface Props<Input extends { command: string }> {
  /** The word on the button, and the dialog's title. */
  act: string;
  danger?: boolean;
  document: TypedDocumentNode<unknown, { input: Input }>;
  questions: readonly Question[];
  start?: Answers;
  /** The command out of the answers. */
  input: (answers: Answers) => Omit<Input, 'command'>;
  effect?: ReactNode;
  leave: () => void;
  done?: (id: string, answers: Answers) => void;
}

/** An act that asks several things: its questions, the refusal at the question it is about, one button that names it. */
export function CommandDialog<Input extends { command: string }>({ act, danger, document: command, questions, start = {}, input, effect, leave, done }: Props<Input>) {
  const { t } = useTranslation();
  const commander = useCommand();
  const [answers, setAnswers] = useState<Answers>(start);
  const problems = commander.outcome?.kind === 'refused' ? commander.outcome.problems : [];
  const send = async () => {
    const outcome = await commander.send(act, command, input(answers));
    if (outcome.kind !== 'done') return;
    leave();
    done?.(outcome.answer.id, answers);
  };
  return (
    <Modal
      open
      title={act}
      okText={act}
      cancelText={t('acts.leave')}
      okButtonProps={{ danger: danger ?? false }}
      confirmLoading={commander.acting !== undefined}
      onOk={() => void send()}
      onCancel={leave}
      width={questions.length > 3 ? 680 : 520}
      destroyOnHidden
    >
      <div className="dw-command">
        <OutcomeNotice command={commander} toField={(path) => document.getElementById(`ask-${path}`)?.focus()} />
        {effect}
        <form
          className="dw-form-fields"
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          {questions.map((question) => (
            <Asked key={question.name} question={question} value={answers[question.name] ?? ''} change={(value) => setAnswers({ ...answers, [question.name]: value })} problem={problemAt(problems, question.name)} />
          ))}
          <button type="submit" className="dw-hidden" tabIndex={-1} aria-hidden="true">{act}</button>
        </form>
      </div>
    </Modal>
  );
}

function Asked({ question, value, change, problem }: { question: Question; value: string; change: (value: string) => void; problem: string | undefined }) {
  const { t } = useTranslation();
  const gradeChoices = useGradeChoices();
  const id = `ask-${question.name}`;
  const common = { name: id, label: question.label, problem, ...(question.hint ? { hint: question.hint } : {}) };
  if (question.as === 'date') {
    return (
      <div className="dw-field">
        <DateInput name={id} label={question.label} value={value} onChange={change} invalid={problem !== undefined} />
        {question.hint && <span className="dw-field-hint">{question.hint}</span>}
        {problem && <span className="dw-field-refusal" role="alert">{problem}</span>}
      </div>
    );
  }
  if (question.as === 'kinds') {
    const chosen = value === '' ? [] : value.split(' ');
    return (
      <fieldset className="dw-field dw-wide dw-checks-list">
        <legend className="dw-field-label">{question.label}</legend>
        {kinds.map((kind) => (
          <Checkbox key={kind} checked={chosen.includes(kind)} onChange={(event) => change((event.target.checked ? [...chosen, kind] : chosen.filter((one) => one !== kind)).join(' '))}>{t(`access.kinds.${kind}`)}</Checkbox>
        ))}
        {problem && <span className="dw-field-refusal" role="alert">{problem}</span>}
      </fieldset>
    );
  }
  return (
    <Field {...common} wide={question.wide ?? ['long', 'unit', 'person'].includes(question.as)}>
      {question.as === 'unit' && <UnitField id={id} value={value} change={change} />}
      {question.as === 'person' && <PersonField id={id} value={value} change={change} />}
      {question.as === 'role' && <RoleField id={id} value={value} change={change} />}
      {question.as === 'grade' && <Select id={id} value={value || null} options={gradeChoices} onChange={change} />}
      {question.as === 'choice' && <Select id={id} showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={false} value={value || null} options={[...(question.options ?? [])]} onChange={change} />}
      {question.as === 'long' && <Input.TextArea id={id} rows={3} maxLength={2000} value={value} onChange={(event) => change(event.target.value)} />}
      {(question.as === 'text' || question.as === 'latin') && <Input id={id} {...(question.as === 'latin' ? { dir: 'ltr' } : {})} maxLength={200} value={value} onChange={(event) => change(event.target.value)} />}
    </Field>
  );
}
