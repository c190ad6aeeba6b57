import { Button, Checkbox, Form, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { post, request, segment } from '../../../api/client';
import type { Feed, FeedTrial } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { useScope } from '../../../context/scope';
import { ProblemView } from '../../../ui/problem';
import { At } from '../../../ui/time';
import { useNodeOptions } from '../../access/GrantFields';
import { useChange } from '../../access/useChange';
import { useIncidentTypes } from '../useTypes';
import { problemText, requestOf } from './feed';

const path = '/api/feeds';
const [fastest, slowest, usual] = [10, 86_400, 300];
interface Values { name: string; url: string; type: string; sourceKind: string; every: number; reports: boolean; party: string; region: string }

/** What reading the address once gave: nothing of it is taken in. */
function Trial({ trial }: { trial: FeedTrial }) {
  const { t, say } = useWords();
  return (
    <div className="inset stack tight" data-testid="feed-trial">
      {trial.fault === null ? <b>{t('feeds.test.count', { count: trial.entries })}</b> : <b className="mark">{say(trial.fault)}</b>}
      {trial.first.length > 0 && <table className="plain-table"><tbody>{trial.first.map((entry, index) => <tr key={index}><td>{entry.title || '–'}</td><td className="quiet nowrap">{entry.alert ? t('feeds.test.alert') : t('reports.one')}</td><td className="quiet nowrap"><At at={entry.at} shape="minute" /></td></tr>)}</tbody></table>}
      {trial.problems.length > 0 && <details><summary className="link small">{t('feeds.problems.count', { count: trial.problems.length })}</summary><ul className="files quiet small">{trial.problems.map((one) => <li key={one}>{problemText(one, say)}</li>)}</ul></details>}
    </div>
  );
}

/** A feed that is added, or one as it is. */
export function FeedForm({ feed, onClose, onSaved }: { feed?: Feed; onClose: () => void; onSaved: (id: string) => void }) {
  const { t, label } = useWords();
  const types = useIncidentTypes();
  const scope = useScope();
  const { change, busy } = useChange(path);
  const parties = useNodeOptions('/api/parties');
  const regions = useNodeOptions('/api/regions');
  const [form] = Form.useForm<Values>();
  const typeId = Form.useWatch('type', form);
  const type = types.find((one) => one.id === typeId) ?? types[0];
  const url = Form.useWatch('url', form) ?? feed?.url ?? '';
  const [trial, setTrial] = useState<FeedTrial | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [trying, setTrying] = useState(false);
  const required = [{ required: true, message: t('required') }];
  const test = () => {
    setTrying(true); setError(null); setTrial(null);
    post<FeedTrial>(`${path}/test`, { url }).then(setTrial).catch(setError).finally(() => { setTrying(false); });
  };
  const submit = async (values: Values) => {
    const body = feed === undefined ? values : requestOf(feed, values);
    const saved = await change(() => request<Feed>(feed === undefined ? 'POST' : 'PUT', feed === undefined ? path : `${path}/${segment(feed.id)}`, { body }));
    if (saved !== null) onSaved(saved.id);
  };
  const first = { type: types[0]?.id, sourceKind: types[0]?.sources.find((one) => one.id === 'media')?.id ?? types[0]?.source, every: usual, reports: true, party: scope.party ?? 'root', region: scope.region ?? 'root' };
  const word = t(feed === undefined ? 'feeds.add' : 'feeds.edit');
  return (
    <Modal open title={word} width={640} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t(feed === undefined ? 'feeds.add' : 'save')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'feed-save' }}>
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)} initialValues={feed ?? first} className="dense-form" data-testid="feed-form">
        <Form.Item name="name" label={t('name')} rules={required}><Input autoFocus maxLength={100} placeholder={t('feeds.name.help')} data-testid="feed-name" /></Form.Item>
        <Form.Item label={t('feeds.url')} required extra={t('feeds.url.help')}>
          <div className="row"><Form.Item name="url" noStyle rules={required}><Input placeholder="https://" data-testid="feed-url" /></Form.Item><Button loading={trying} disabled={url.trim() === ''} onClick={test} data-testid="feed-test">{t('feeds.test')}</Button></div>
        </Form.Item>
        {error !== null && <ProblemView error={error} />}
        {trial !== null && <Trial trial={trial} />}
        {types.length > 1 && <Form.Item name="type" label={t('incidents.what')} rules={required}><Select options={types.map((one) => ({ value: one.id, label: label(one.name) }))} /></Form.Item>}
        <div className="form-pair">
          <Form.Item name="sourceKind" label={t('feeds.kind')} rules={required}><Select options={(type?.sources ?? []).map((one) => ({ value: one.id, label: label(one.name) }))} /></Form.Item>
          <Form.Item name="every" label={t('feeds.every')} rules={required}><InputNumber min={fastest} max={slowest} suffix={t('seconds')} style={{ width: '100%' }} /></Form.Item>
          <Form.Item name="party" label={t('party')} rules={required}><Select showSearch={{ optionFilterProp: 'title' }} options={parties} /></Form.Item>
          <Form.Item name="region" label={t('region')} rules={required} extra={t('feeds.region.help')}><Select showSearch={{ optionFilterProp: 'title' }} options={regions} /></Form.Item>
        </div>
        <Form.Item name="reports" valuePropName="checked" style={{ marginBottom: 0 }}><Checkbox>{t('feeds.reports')}</Checkbox></Form.Item>
      </Form>
    </Modal>
  );
}
