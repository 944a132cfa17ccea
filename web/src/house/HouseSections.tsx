import { useTranslation } from 'react-i18next';
import { AdministrationSections, Beside, systemPages } from '../administration/Sections';
import { useSession } from '../session/session';

/** The pages about the system itself, beside each other under the sections of administration; only those one may open. */
export function HouseSections() {
  const { t } = useTranslation();
  const { may } = useSession();
  return (
    <>
      <AdministrationSections />
      <Beside pages={systemPages.filter((page) => page.permissions.some(may)).map((page) => ({ to: page.to, label: t(`house.${page.name}`) }))} />
    </>
  );
}
