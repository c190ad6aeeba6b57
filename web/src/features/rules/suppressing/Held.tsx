import { PlusOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import type { Suppression } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { useUrl } from '../../../context/url';
import { CsvButton, ListOf } from '../../../ui/list';
import { useOpen } from '../../../ui/open';
import { useHeldColumns } from './about';
import { NewMaintenance } from './NewMaintenance';

const path = '/api/suppressions';

/** Everything that holds alarms back, or that which reaches one thing: what stands, or all there ever was. */
export function Held({ thing }: { thing?: string }) {
  const { t } = useWords();
  const { can } = useSession();
  const { open, opened } = useOpen();
  const [view, setView] = useUrl('held-view', 'standing');
  const [creating, setCreating] = useUrl('create');
  const query = { thing, standing: view === 'standing' };
  const plan = can('operate') && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setCreating('maintenance'); }} data-testid="maintenance-create">{t('held.create')}</Button>;
  return (
    <>
      <div className="row wrap">
        <Segmented value={view} onChange={(value: string) => { setView(value); }} options={(['standing', 'all'] as const).map((one) => ({ value: one, label: <span data-testid={`held-${one}`}>{t(one === 'all' ? 'all' : 'held.standing')}</span> }))} />
        <span className="grow" />
        <CsvButton path={path} query={query} />
        {plan}
      </div>
      <ListOf<Suppression> path={path} query={query} columns={useHeldColumns()} keyOf={(one) => one.id} testId="held" label={t('rules.section.held')} chosen={opened('held')} onPick={(one) => { open('held', one.id); }} refetch={60_000} empty={{ title: t('held.empty'), help: t('held.empty.help') }} />
      {creating === 'maintenance' && <NewMaintenance thing={thing} onClose={() => { setCreating(null); }} />}
    </>
  );
}
