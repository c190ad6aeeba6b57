import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { post, segment } from '../../api/client';
import { useRows } from '../../api/hooks';
import type { MaturityRow, Pack } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { Page } from '../../ui/page';
import { ProblemView } from '../../ui/problem';
import { Empty, Waiting } from '../../ui/waiting';
import { InstallPack } from './InstallPack';
import { PackDetailView } from './PackDetail';

/** How far a pack has come: done of what applies. */
export function shareDone(rows: MaturityRow[]): { done: number; of: number } {
  const applies = rows.filter((row) => row.status !== 'exempt');
  return { done: applies.filter((row) => row.status === 'done').length, of: applies.length };
}

const counted = ['types', 'rules', 'indicators', 'cases', 'views', 'channels'] as const;

function Card({ pack }: { pack: Pack }) {
  const { t, label } = useWords();
  const { done, of } = shareDone(pack.maturity);
  return (
    <Link to={`/packs/${segment(pack.id)}`} className="pack-card" data-testid="pack" data-id={pack.id}>
      <div className="row"><b>{label(pack.name)}</b><span className="tag">{pack.version}</span><span className="grow" /><span className="small quiet">{t('packs.maturity')} {done}/{of}</span></div>
      <p className="quiet">{label(pack.description)}</p>
      <div className="counts">{counted.map((key) => <span key={key}><b>{pack.counts[key] ?? 0}</b><span className="faint small">{t(`packs.${key}`)}</span></span>)}</div>
      <div className="chips">{pack.standards.map((standard) => <span key={standard} className="tag">{standard}</span>)}</div>
    </Link>
  );
}

interface Reloaded { added: string[]; changed: string[]; removed: string[] }

/** Reads the packs' folder anew; what is wrong with it stands on the page until the next try. */
function useReload() {
  const { t } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const reload = async () => {
    setBusy(true);
    setError(null);
    try {
      const { added, changed, removed } = await post<Reloaded>('/api/packs/reload');
      const count = added.length + changed.length + removed.length;
      void message.success(count === 0 ? t('packs.reload.same') : t('packs.reload.done', { added: added.length, changed: changed.length, removed: removed.length }));
      if (count > 0) await client.invalidateQueries();
    } catch (fault) {
      setError(fault);
    }
    setBusy(false);
  };
  return { busy, error, reload: () => { void reload(); } };
}

export default function PacksPage() {
  const { t } = useWords();
  const { can } = useSession();
  const { busy, error, reload } = useReload();
  const [refused, setRefused] = useState<unknown>(null);
  const { id } = useParams();
  const packs = useRows<Pack>('/api/packs', {});
  if (id !== undefined) return <PackDetailView id={id} />;
  return (
    <Page title={t('packs.title')} testId="page-packs" fixed={false} tools={can('administer') && <><InstallPack onError={setRefused} /><Button onClick={reload} loading={busy} title={t('packs.reload.help')} data-testid="packs-reload">{t('packs.reload')}</Button></>}>
      {error !== null && <ProblemView error={error} />}
      {refused !== null && <ProblemView error={refused} />}
      {packs.loading && <Waiting />}
      {packs.error !== null && <ProblemView error={packs.error} retry={packs.retry} />}
      {!packs.loading && packs.error === null && packs.items.length === 0 && <Empty centre title={t('packs.empty')} help={t('packs.empty.help')} />}
      <div className="pack-cards">{packs.items.map((pack) => <Card key={pack.id} pack={pack} />)}</div>
    </Page>
  );
}
