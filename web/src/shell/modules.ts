import type { LucideIcon } from 'lucide-react';
import { Archive, Boxes, CarFront, Gavel, Inbox, Landmark, Mail, Settings, Users } from 'lucide-react';

export interface Module {
  name: 'inbox' | 'finance' | 'people' | 'stock' | 'vehicles' | 'tenders' | 'archive' | 'tarasol' | 'administration';
  icon: LucideIcon;
  /** Where it opens; a module without an address does not stand yet and says so. */
  home?: '/inbox' | '/finance/execution' | '/administration';
}

/** Inbox, seven modules, administration: the spine never reorders. */
export const modules: readonly Module[] = [
  { name: 'inbox', icon: Inbox, home: '/inbox' },
  { name: 'finance', icon: Landmark, home: '/finance/execution' },
  { name: 'people', icon: Users },
  { name: 'stock', icon: Boxes },
  { name: 'vehicles', icon: CarFront },
  { name: 'tenders', icon: Gavel },
  { name: 'archive', icon: Archive },
  { name: 'tarasol', icon: Mail },
  { name: 'administration', icon: Settings, home: '/administration' },
];
