import type { LucideIcon } from 'lucide-react';
import { CircleCheck, CircleX, Clock, FileText, Stamp } from 'lucide-react';
import type { ReactNode } from 'react';

/** The five inks of the manuscript, each with one meaning; the word and the icon carry it, the colour only repeats it. */
export type Ink = 'midad' | 'zinjar' | 'lazward' | 'maghra' | 'zunjufr';

const icons: Record<Ink, LucideIcon> = { midad: FileText, zinjar: CircleCheck, lazward: Stamp, maghra: Clock, zunjufr: CircleX };

export function Tag({ ink, children }: { ink: Ink; children: ReactNode }) {
  const Icon = icons[ink];
  return (
    <span className={`dw-tag dw-tag-${ink}`}>
      <Icon className="dw-icon-small" aria-hidden="true" size={14} />
      {children}
    </span>
  );
}
