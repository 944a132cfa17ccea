import { useTranslation } from 'react-i18next';
import { usePreferences } from '../preferences/preferences';
import { inFamily } from './digits';

interface Props {
  /** Digits and slashes only, as given by the series: 03318/2026. */
  number: string;
  /** The word before it, outside the isolate: التزام. */
  kind?: string;
  /** A reference without a page to open copies itself. */
  copies?: boolean;
}

/** A reference (رقم مستند): its digits keep their order in any sentence. */
export function Ref({ number, kind, copies }: Props) {
  const { family } = usePreferences();
  const { t } = useTranslation();
  const digits = (
    <bdi dir="ltr" className="dw-ref">
      {inFamily(number, family)}
    </bdi>
  );
  const shown = copies ? (
    <button type="button" className="dw-plain" title={t('value.copy')} onClick={() => void navigator.clipboard.writeText(number)}>
      {digits}
    </button>
  ) : (
    digits
  );
  if (!kind) return shown;
  return (
    <span className="dw-pair">
      <span className="dw-kind">{kind}</span> {shown}
    </span>
  );
}
