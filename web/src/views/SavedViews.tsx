import { useRouter, useRouterState } from '@tanstack/react-router';
import { Button, Checkbox, Input, Popover, Radio } from 'antd';
import { Bookmark, ChevronDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { RemoveViewDocument, SavedViewsDocument, SaveViewDocument, type Audience } from '../generated/graph';
import { commandId } from '../session/command-id';
import { useSession } from '../session/session';
import { Refusal, type Problem } from '../sheet/Refusal';
import { paramsOf, withParams } from './params';
import './views.css';

const touched = { additionalTypenames: ['SavedView'] };

/** The views of a list: one's own, those of one's role, and the address as a link. page names the list: finance.execution. */
export function SavedViews({ page }: { page: string }) {
  const { t } = useTranslation();
  const { me } = useSession();
  const router = useRouter();
  const place = useRouterState({ select: (state) => state.location });
  const params = paramsOf(place.searchStr);
  const [open, setOpen] = useState(false);
  const [{ data }] = useQuery({ query: SavedViewsDocument, variables: { page }, context: touched });
  const [, remove] = useMutation(RemoveViewDocument);
  const views = data?.savedViews ?? [];
  const current = views.find((view) => view.params === params);
  const show = (chosen: string) => {
    setOpen(false);
    router.history.push(place.pathname + withParams(place.searchStr, chosen));
  };
  const link = current && current.audience !== 'USER' ? `${location.origin}/view/${current.id}` : location.href;
  const preferred = views.find((view) => view.preferred && view.owner === me.id);
  // A page without conditions opens with the preferred view, once in a session: clearing it is respected.
  useEffect(() => {
    const opened = `diwan.view.${page}`;
    if (!preferred || params !== '' || sessionStorage.getItem(opened)) return;
    sessionStorage.setItem(opened, preferred.id);
    router.history.replace(place.pathname + withParams(place.searchStr, preferred.params));
  }, [preferred, params, page, place.pathname, place.searchStr, router]);
  const content = (
    <div className="dw-views">
      {views.length > 0 && (
        <ul>
          {views.map((view) => (
            <li key={view.id}>
              <button type="button" className="dw-plain" aria-current={view === current ? 'true' : undefined} onClick={() => show(view.params)}>
                <bdi>{view.name}</bdi> {view.audience === 'ROLE' && <small>{t(`role.${view.role}`, { defaultValue: view.role })}</small>}
              </button>
              {view.owner === me.id && (
                <Button size="small" type="text" onClick={() => void remove({ id: view.id }, touched)} aria-label={t('views.remove', { name: view.name })}>{t('views.removeShort')}</Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <SaveThis page={page} params={params} done={() => setOpen(false)} />
      <Button block onClick={() => void navigator.clipboard.writeText(link)}>{t('views.copyLink')}</Button>
    </div>
  );
  return (
    <Popover content={content} trigger="click" placement="bottom" open={open} onOpenChange={setOpen}>
      <button type="button" className="dw-view" aria-expanded={open} aria-haspopup="dialog" onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}>
        <Bookmark className="dw-icon-small" aria-hidden="true" />
        <span>{t('views.mine')}: <bdi>{current?.name ?? t(params === '' ? 'views.usual' : 'views.unnamed')}</bdi></span>
        <ChevronDown className="dw-icon-small" aria-hidden="true" />
      </button>
    </Popover>
  );
}

function SaveThis({ page, params, done }: { page: string; params: string; done: () => void }) {
  const { t } = useTranslation();
  const { me } = useSession();
  const [name, setName] = useState('');
  const [audience, setAudience] = useState<Audience>('USER');
  const [preferred, setPreferred] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [, save] = useMutation(SaveViewDocument);
  const role = me.roles[0];
  const keep = async () => {
    const input = { id: commandId(), page, name: name.trim(), params, audience, role: audience === 'ROLE' ? role ?? null : null, preferred, columns: null };
    const { data } = await save({ input }, touched);
    setProblems(data?.saveView.problems ?? []);
    if (data?.saveView.view) {
      setName('');
      done();
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      {problems.length > 0 && <Refusal problems={problems} />}
      <label htmlFor="view-name">{t('views.name')}</label>
      <Input id="view-name" name="view-name" maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      <Radio.Group aria-label={t('views.for')} value={audience} onChange={(event) => setAudience(event.target.value as Audience)}>
        <Radio value="USER">{t('views.forMe')}</Radio>
        {role && <Radio value="ROLE">{t('views.forRole', { role: t(`role.${role}`, { defaultValue: role }) })}</Radio>}
        <Radio value="LINK">{t('views.forLink')}</Radio>
      </Radio.Group>
      <Checkbox checked={preferred} onChange={(event) => setPreferred(event.target.checked)}>{t('views.preferred')}</Checkbox>
      <Button type="primary" htmlType="submit" disabled={name.trim() === ''}>{t('views.save')}</Button>
    </form>
  );
}
