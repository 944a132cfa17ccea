import { useTranslation } from 'react-i18next';
import { Beside } from '../administration/Sections';
import { useSession } from '../session/session';

/** The pages of rights: the simulator, the emergency way in, need-to-know lists. */
export function RightsPages() {
  const { t } = useTranslation();
  const { may } = useSession();
  const pages = [
    ...(may('access.rights.simulate') ? [{ to: '/administration/rights', label: t('access.simulator.title') }] : []),
    { to: '/administration/emergencies', label: t('access.emergencies') },
    ...(['access.read', 'access.object.classify'].some(may) ? [{ to: '/administration/need-to-know', label: t('access.needToKnow') }] : []),
  ];
  return <Beside pages={pages} />;
}
