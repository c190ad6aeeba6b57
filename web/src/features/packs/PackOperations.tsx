import { useQueryClient } from '@tanstack/react-query';
import { Button, Modal, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useAll } from '../../api/all';
import { remove, request, segment } from '../../api/client';
import type { Pack, Party } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useChange } from '../access/useChange';

/** For the operator: which tenants have the pack, and taking it out. */
export function PackOperations({ pack }: { pack: Pack }) {
  const { t, label } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const parties = useAll<Party>('/api/parties');
  const { change, busy } = useChange('/api/packs');
  const [asking, setAsking] = useState(false);
  const path = `/api/packs/${segment(pack.id)}`;
  const tenants = (parties.data ?? []).filter((party) => party.parent === null || party.parent === 'root');
  const enable = (chosen: string[]) => {
    // All and some exclude each other; the last choice counts.
    const last = chosen.at(-1);
    const wanted = last === undefined || last === 'root' ? ['root'] : chosen.filter((party) => party !== 'root');
    void change(() => request('PUT', `${path}/parties`, { body: { parties: wanted } }));
  };
  const uninstall = async () => {
    const done = await change(async () => { await remove(path); return true; }, t('packs.uninstalled', { name: label(pack.name) }));
    setAsking(false);
    if (done) { await client.invalidateQueries(); void navigate('/packs'); }
  };
  return (
    <>
      <label className="row"><span className="quiet">{t('packs.enabled')}</span><Select mode="multiple" value={Array.isArray(pack.enabledParties) ? pack.enabledParties : []} onChange={enable} options={tenants.map((party) => ({ value: party.id, label: party.parent === null ? t('packs.enabled.all') : party.name }))} style={{ minWidth: 160, maxWidth: 320 }} aria-label={t('packs.enabled')} data-testid="pack-parties" /></label>
      <Button danger onClick={() => { setAsking(true); }} data-testid="pack-uninstall">{t('packs.uninstall')}</Button>
      <Modal open={asking} title={t('packs.uninstall.ask', { name: label(pack.name) })} onCancel={() => { setAsking(false); }} onOk={() => void uninstall()} okText={t('packs.uninstall')} cancelText={t('cancel')} confirmLoading={busy} okButtonProps={{ danger: true, 'data-testid': 'pack-uninstall-yes' }}><p>{t('packs.uninstall.help')}</p></Modal>
    </>
  );
}
