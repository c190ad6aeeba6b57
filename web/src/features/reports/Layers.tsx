import { DeleteOutlined, InboxOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Modal, Popconfirm, Select, Upload } from 'antd';
import { useState } from 'react';
import { useRows } from '../../api/hooks';
import { address, remove, request, segment } from '../../api/client';
import { useWords } from '../../context/preferences';
import { useScope } from '../../context/scope';
import { number } from '../../format/numbers';
import { ProblemView } from '../../ui/problem';
import { useProblemWords } from '../../ui/problemWords';
import { Table, type Column } from '../../ui/table';
import { Empty } from '../../ui/waiting';
import { useNodeOptions } from '../access/GrantFields';
import { useIncidentTypes } from './useTypes';

/** What a party has in a layer; nobody where nothing is loaded yet. */
interface Layer { id: string; name: string; party: string | null; partyName: string; features: number; radius: number | null; resource: boolean }
interface Loaded { layer: string; party: string; partyName: string; features: number }
interface Answer { layer: string; features: number; before: number; written: boolean }

/** One layer out of a GeoJSON file: looked at first, then put in place of what was there. */
function Load({ layers, onClose }: { layers: Layer[]; onClose: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const scope = useScope();
  const parties = useNodeOptions('/api/parties');
  // Nothing is chosen beforehand: a file in the wrong layer would take the place of what is there.
  const [layer, setLayer] = useState<string | undefined>(undefined);
  const [party, setParty] = useState(scope.party ?? 'root');
  const [file, setFile] = useState<File | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const send = async (chosen: File, into: string | undefined, owner: string, preview: boolean) => {
    setFile(chosen);
    if (into === undefined) return;
    setBusy(true);
    setError(null);
    try {
      const got = await request<Answer>('PUT', `/api/layers/${segment(into)}`, { file: chosen, query: { preview, party: owner }, headers: { 'Content-Type': 'application/geo+json' } });
      setAnswer(got);
      if (got.written) { void message.success(t('layers.done', { count: got.features })); await client.invalidateQueries({ queryKey: ['rows', '/api/layers'] }); onClose(); }
    } catch (fault) {
      setError(fault);
      setAnswer(null);
    }
    setBusy(false);
  };
  return (
    <Modal open title={t('layers.load')} onCancel={onClose} okText={t('layers.write')} cancelText={t('cancel')} confirmLoading={busy} onOk={() => { if (file !== null) void send(file, layer, party, false); }} okButtonProps={{ disabled: answer === null, 'data-testid': 'layer-write' }}>
      <div className="stack tight">
        <div className="form-pair">
          <Select value={layer} placeholder={t('layers.choose')} onChange={(value: string) => { setLayer(value); if (file !== null) void send(file, value, party, true); }} options={[...new Map(layers.map((one) => [one.id, one])).values()].map((one) => ({ value: one.id, label: one.name }))} aria-label={t('layers.layer')} data-testid="layer-which" />
          <Select value={party} showSearch={{ optionFilterProp: 'title' }} onChange={(value: string) => { setParty(value); if (file !== null) void send(file, layer, value, true); }} options={parties} aria-label={t('party')} />
        </div>
        <Upload.Dragger accept=".json,.geojson" showUploadList={false} disabled={busy} beforeUpload={(chosen) => { void send(chosen, layer, party, true); return false; }} data-testid="layer-file"><p><InboxOutlined style={{ fontSize: 24 }} /></p><p className="strong">{file?.name ?? t('layers.drop')}</p><p className="quiet small" style={{ padding: '0 16px' }}>{t('layers.drop.help')}</p></Upload.Dragger>
        {file !== null && layer === undefined && <p className="quiet">{t('layers.choose.first')}</p>}
        {answer !== null && <p data-testid="layer-counts">{t('layers.counts', { features: answer.features, before: answer.before })}</p>}
        {error !== null && <ProblemView error={error} />}
      </div>
    </Modal>
  );
}

/** What lies around: who can be sent, what is in danger, how many people live there. */
export function Layers() {
  const { t, label, language } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const problemWords = useProblemWords();
  const types = useIncidentTypes();
  const loaded = useRows<Loaded>('/api/layers');
  const [loading, setLoading] = useState(false);
  const declared = new Map(types.flatMap((type) => type.layers).map((one) => [one.id, one]));
  const ids = [...new Set([...declared.keys(), ...loaded.items.map((one) => one.layer)])];
  const layers = ids.flatMap((id): Layer[] => {
    const mine = loaded.items.filter((one) => one.layer === id);
    const about = { id, name: label(declared.get(id)?.name) || id, radius: declared.get(id)?.radius ?? null, resource: declared.get(id)?.resource ?? false };
    return mine.length === 0 ? [{ ...about, party: null, partyName: '', features: 0 }] : mine.map((one) => ({ ...about, party: one.party, partyName: one.partyName, features: one.features }));
  });
  const clear = (one: Layer) => { remove(address(`/api/layers/${segment(one.id)}`, { party: one.party })).then(() => client.invalidateQueries({ queryKey: ['rows', '/api/layers'] })).catch((fault: unknown) => { void message.error(problemWords(fault).line); }); };
  const columns: Column<Layer>[] = [
    { key: 'name', title: t('layers.layer'), render: (one) => <span className="strong">{one.name}</span> },
    { key: 'party', title: t('party'), only: 'wide', render: (one) => one.party === null ? <span className="faint">{t('layers.nothing')}</span> : <span title={one.partyName}>{one.partyName}</span> },
    { key: 'use', title: t('layers.use'), only: 'wide', render: (one) => <span className="quiet">{t(one.resource ? 'layers.use.resource' : one.radius === null ? 'layers.use.region' : 'layers.use.near')}</span> },
    { key: 'radius', title: t('layers.radius'), unit: 'km', width: 120, right: true, only: 'wide', render: (one) => one.radius === null ? <span className="faint">–</span> : number(one.radius, language) },
    { key: 'features', title: t('layers.features'), width: 96, right: true, render: (one) => number(one.features, language) },
    { key: 'clear', title: '', width: 64, right: true, render: (one) => one.features > 0 && <Popconfirm title={t('layers.clear', { name: one.name })} okText={t('delete')} cancelText={t('cancel')} description={one.partyName} okButtonProps={{ danger: true, 'data-testid': 'layer-clear-sure' }} onConfirm={() => { clear(one); }}><Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('layers.clear', { name: one.name })} data-testid="layer-clear" /></Popconfirm> },
  ];
  return (
    <>
      <div className="row wrap"><p className="quiet small grow">{t('layers.help')}</p><Button type="primary" disabled={layers.length === 0} onClick={() => { setLoading(true); }} data-testid="layer-load">{t('layers.load')}</Button></div>
      {loaded.error !== null && loaded.items.length === 0 && <ProblemView error={loaded.error} retry={loaded.retry} />}
      {layers.length === 0 && !loaded.loading ? <Empty title={t('layers.empty')} help={t('layers.empty.help')} /> : <Table rows={layers} columns={columns} keyOf={(one) => `${one.id}/${one.party ?? ''}`} testId="layers" label={t('admin.layers')} />}
      {loading && <Load layers={layers} onClose={() => { setLoading(false); }} />}
    </>
  );
}
