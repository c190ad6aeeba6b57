import { DeleteOutlined, InboxOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Modal, Popconfirm, Select, Upload } from 'antd';
import { useState } from 'react';
import { useRows } from '../../api/hooks';
import { remove, request, segment } from '../../api/client';
import { useWords } from '../../context/preferences';
import { number } from '../../format/numbers';
import { ProblemView } from '../../ui/problem';
import { useProblemWords } from '../../ui/problemWords';
import { Table, type Column } from '../../ui/table';
import { Empty } from '../../ui/waiting';
import { useIncidentTypes } from './useTypes';

interface Layer { id: string; name: string; features: number; radius: number | null; resource: boolean }
interface Answer { layer: string; features: number; before: number; written: boolean }

/** One layer out of a GeoJSON file: looked at first, then put in place of what was there. */
function Load({ layers, onClose }: { layers: Layer[]; onClose: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [layer, setLayer] = useState(layers[0]?.id ?? '');
  const [file, setFile] = useState<File | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const send = async (chosen: File, into: string, preview: boolean) => {
    setBusy(true);
    setError(null);
    setFile(chosen);
    try {
      const got = await request<Answer>('PUT', `/api/layers/${segment(into)}`, { file: chosen, query: { preview }, headers: { 'Content-Type': 'application/geo+json' } });
      setAnswer(got);
      if (got.written) { void message.success(t('layers.done', { count: got.features })); await client.invalidateQueries({ queryKey: ['rows', '/api/layers'] }); onClose(); }
    } catch (fault) {
      setError(fault);
      setAnswer(null);
    }
    setBusy(false);
  };
  return (
    <Modal open title={t('layers.load')} onCancel={onClose} okText={t('layers.write')} cancelText={t('cancel')} confirmLoading={busy} onOk={() => { if (file !== null) void send(file, layer, false); }} okButtonProps={{ disabled: answer === null, 'data-testid': 'layer-write' }}>
      <div className="stack tight">
        <Select value={layer} onChange={(value: string) => { setLayer(value); if (file !== null) void send(file, value, true); }} options={layers.map((one) => ({ value: one.id, label: one.name }))} aria-label={t('layers.layer')} data-testid="layer-which" />
        <Upload.Dragger accept=".json,.geojson" showUploadList={false} disabled={busy} beforeUpload={(chosen) => { void send(chosen, layer, true); return false; }} data-testid="layer-file"><p><InboxOutlined style={{ fontSize: 24 }} /></p><p className="strong">{file?.name ?? t('layers.drop')}</p><p className="quiet small" style={{ padding: '0 16px' }}>{t('layers.drop.help')}</p></Upload.Dragger>
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
  const loaded = useRows<{ layer: string; features: number }>('/api/layers');
  const [loading, setLoading] = useState(false);
  const declared = new Map(types.flatMap((type) => type.layers).map((one) => [one.id, one]));
  const ids = [...new Set([...declared.keys(), ...loaded.items.map((one) => one.layer)])];
  const layers: Layer[] = ids.map((id) => ({ id, name: label(declared.get(id)?.name) || id, features: loaded.items.find((one) => one.layer === id)?.features ?? 0, radius: declared.get(id)?.radius ?? null, resource: declared.get(id)?.resource ?? false }));
  const clear = (id: string) => { remove(`/api/layers/${segment(id)}`).then(() => client.invalidateQueries({ queryKey: ['rows', '/api/layers'] })).catch((fault: unknown) => { void message.error(problemWords(fault).line); }); };
  const columns: Column<Layer>[] = [
    { key: 'name', title: t('layers.layer'), render: (one) => <span className="strong">{one.name}</span> },
    { key: 'use', title: t('layers.use'), only: 'wide', render: (one) => <span className="quiet">{t(one.resource ? 'layers.use.resource' : one.radius === null ? 'layers.use.region' : 'layers.use.near')}</span> },
    { key: 'radius', title: t('layers.radius'), unit: 'km', width: 120, right: true, render: (one) => one.radius === null ? <span className="faint">–</span> : number(one.radius, language) },
    { key: 'features', title: t('layers.features'), width: 120, right: true, render: (one) => number(one.features, language) },
    { key: 'clear', title: '', width: 64, right: true, render: (one) => one.features > 0 && <Popconfirm title={t('layers.clear', { name: one.name })} okText={t('delete')} cancelText={t('cancel')} onConfirm={() => { clear(one.id); }}><Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('layers.clear', { name: one.name })} /></Popconfirm> },
  ];
  return (
    <>
      <div className="row wrap"><p className="quiet small grow">{t('layers.help')}</p><Button type="primary" disabled={layers.length === 0} onClick={() => { setLoading(true); }} data-testid="layer-load">{t('layers.load')}</Button></div>
      {loaded.error !== null && loaded.items.length === 0 && <ProblemView error={loaded.error} retry={loaded.retry} />}
      {layers.length === 0 && !loaded.loading ? <Empty title={t('layers.empty')} help={t('layers.empty.help')} /> : <Table rows={layers} columns={columns} keyOf={(one) => one.id} testId="layers" label={t('admin.layers')} />}
      {loading && <Load layers={layers} onClose={() => { setLoading(false); }} />}
    </>
  );
}
