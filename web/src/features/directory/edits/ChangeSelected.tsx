import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useAll } from '../../../api/all';
import { post } from '../../../api/client';
import type { Party, Region, SelectionAnswer } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { ProblemView } from '../../../ui/problem';
import { FieldChanges } from '../fields';
import { useThings } from '../names';

interface Values { party?: string; region?: string; parent?: string; name?: string }

/** What a change would do to each, the refused first. */
function Outcome({ answer }: { answer: SelectionAnswer }) {
  const { t, say } = useWords();
  const refused = answer.items.filter((item) => item.outcome === 'refused');
  const changed = answer.items.filter((item) => item.outcome === 'change');
  const most = 100;
  return (
    <div className="stack tight" data-testid="select-outcome">
      <b>{t('select.change', { count: changed.length })}{refused.length > 0 && ` · ${t('select.refused', { count: refused.length })}`}</b>
      <div style={{ maxHeight: 200, overflow: 'auto' }}>
        {refused.slice(0, most).map((item) => <p key={item.thing} className="tone-orange">{item.name ?? item.thing}: {say(item.detail)}</p>)}
        {changed.slice(0, most).map((item) => <p key={item.thing} className="clip"><b>{item.name}</b> <FieldChanges fields={item.fields} /></p>)}
      </div>
    </div>
  );
}

/** Changes the same of everything that is selected; shows what becomes of each before it is done. */
export function ChangeSelected({ ids, onClose }: { ids: string[]; onClose: (done: boolean) => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [answer, setAnswer] = useState<SelectionAnswer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [parties, regions, things] = [useAll<Party>('/api/parties'), useAll<Region>('/api/regions'), useThings()];
  const ask = async (preview: boolean) => {
    setBusy(true);
    setError(null);
    const set = Object.fromEntries(Object.entries(form.getFieldsValue() as Record<string, string | undefined>).filter(([, value]) => value !== undefined && value !== ''));
    if (set['parent'] === ' ') set['parent'] = '';
    try {
      const got = await post<SelectionAnswer>(`/api/things/edit?preview=${String(preview)}`, { things: ids, set });
      if (preview) setAnswer(got);
      else { void message.success(t('select.done', { count: got.edit?.changed ?? 0 })); await client.invalidateQueries(); onClose(true); }
    } catch (fault) {
      setError(fault);
      setAnswer(null);
    }
    setBusy(false);
  };
  const options = (nodes: { id: string; name: string }[] | undefined) => (nodes ?? []).map((node) => ({ value: node.id, label: node.name }));
  const choose = (name: keyof Values, list: { value: string; label: string }[]) => <Form.Item name={name} label={t(`field.${name}`)}><Select allowClear placeholder={t('select.keep')} options={list} showSearch={{ optionFilterProp: 'label' }} data-testid={`select-${name}`} /></Form.Item>;
  const footer = [
    <Button key="cancel" onClick={() => { onClose(false); }}>{t('cancel')}</Button>,
    <Button key="preview" loading={busy} onClick={() => void ask(true)} data-testid="select-preview">{t('select.preview')}</Button>,
    <Button key="save" type="primary" loading={busy} disabled={answer === null} onClick={() => void ask(false)} data-testid="select-save">{t('save')}</Button>,
  ];
  return (
    <Modal open title={t('select.count', { count: ids.length })} onCancel={() => { onClose(false); }} footer={footer}>
      <Form form={form} layout="vertical" onValuesChange={() => { setAnswer(null); }} data-testid="select-form">
        {choose('party', options(parties.data))}
        {choose('region', options(regions.data))}
        {choose('parent', [{ value: ' ', label: t('select.no.parent') }, ...options(things.data)])}
        <Form.Item name="name" label={t('select.name')} extra={t('select.name.help', { curly: '{}' })}><Input placeholder={t('select.keep')} maxLength={200} data-testid="select-name" /></Form.Item>
      </Form>
      {error !== null && <ProblemView error={error} />}
      {answer !== null && <Outcome answer={answer} />}
    </Modal>
  );
}
