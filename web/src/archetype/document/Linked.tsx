import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface LinkedDocument {
  name: string;
  /** What kind of document; the word before its number. */
  kind: string;
  link: ReactNode;
  amount?: ReactNode;
  state?: ReactNode;
}

/** Linked documents: what made this one, and what it made. */
export function Linked({ made, makes }: { made: readonly LinkedDocument[]; makes: readonly LinkedDocument[] }) {
  const { t } = useTranslation();
  if (made.length + makes.length === 0) return null;
  const part = (title: string, documents: readonly LinkedDocument[]) =>
    documents.length > 0 && (
      <section aria-label={title}>
        <h3>{title}</h3>
        <ul>
          {documents.map((document) => (
            <li key={document.name}>
              <ChevronRight className="dw-icon-small dw-mirrored" size={14} aria-hidden="true" />
              <span className="dw-quiet">{document.kind}</span>
              {document.link}
              {document.amount && <span className="dw-linked-amount">{document.amount}</span>}
              {document.state}
            </li>
          ))}
        </ul>
      </section>
    );
  return (
    <div className="dw-linked">
      {part(t('document.made'), made)}
      {part(t('document.makes'), makes)}
    </div>
  );
}
