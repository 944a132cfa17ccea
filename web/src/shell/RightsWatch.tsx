import { Button } from 'antd';
import { ShieldAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Moment } from '../archetype/document/Margin';
import { MeDocument } from '../generated/graph';
import { useSession } from '../session/session';
import { Count } from '../value/Count';

/** Rights may be given and taken while a page is open: they are looked at again this often while somebody looks. */
const often = 4000;

/** Says within seconds that rights were taken away, and leaves what was typed where it is. */
export function RightsWatch() {
  const { t } = useTranslation();
  const { me } = useSession();
  const [, ask] = useQuery({ query: MeDocument, pause: true });
  const before = useRef(me);
  const [lost, setLost] = useState<{ at: string; roles: string[]; count: number }>();
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && ask({ requestPolicy: 'network-only' });
    const clock = setInterval(look, often);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(clock);
      document.removeEventListener('visibilitychange', look);
    };
  }, [ask]);
  useEffect(() => {
    const was = before.current;
    before.current = me;
    if (was.id !== me.id || was.onBehalfOf !== me.onBehalfOf) return;
    const gone = was.permissions.filter((permission) => !me.permissions.includes(permission));
    if (gone.length > 0) setLost({ at: new Date().toISOString(), roles: was.roles.filter((role) => !me.roles.includes(role)), count: gone.length });
  }, [me]);
  return (
    <div role="alert" className={lost ? 'dw-band dw-band-lost' : undefined}>
      {lost && (
        <>
          <ShieldAlert className="dw-icon-small" aria-hidden="true" />
          <span>
            <Trans i18nKey="rights.lost" components={{ time: <Moment at={lost.at} />, number: <Count of={lost.count} /> }} />{' '}
            {lost.roles.length > 0 && t('rights.roles', { roles: lost.roles.map((role) => t(`role.${role}`, { defaultValue: role })).join('، ') })}
          </span>
          <Button size="small" onClick={() => setLost(undefined)}>{t('rights.seen')}</Button>
        </>
      )}
    </div>
  );
}
