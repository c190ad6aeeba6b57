import { useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal, Select } from 'antd';
import { useNavigate } from 'react-router';
import { useAll } from '../../api/all';
import { post, segment } from '../../api/client';
import type { Party, Region, Thing } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useScope } from '../../context/scope';
import { useProblemWords } from '../../ui/problemWords';
import { useTypes } from '../packs/typeWords';
import { useThings } from './names';

interface Values { id?: string; type: string; name: string; party: string; region: string; parent?: string }

/** Ends on the new thing's page, where its credentials are. */
export function NewThing({ parent, onClose }: { parent: string | null; onClose: () => void }) {
  const { t, label } = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const client = useQueryClient();
  const navigate = useNavigate();
  const problemWords = useProblemWords();
  const types = useTypes();
  const parties = useAll<Party>('/api/parties');
  const regions = useAll<Region>('/api/regions');
  const things = useThings();
  const { party, region } = useScope();
  const above = things.data?.find((one) => one.id === parent);
  const submit = (values: Values) => {
    post<Thing>('/api/things', { ...values, id: values.id || undefined, parent: values.parent ?? null })
      .then((made) => { void message.success(t('things.created.ok')); void client.invalidateQueries(); void navigate(`/things/${segment(made.id)}?tab=connect`); })
      .catch((error: unknown) => { const words = problemWords(error); form.setFields([{ name: 'id', errors: [words.line] }]); });
  };
  const required = [{ required: true, message: t('required') }];
  // Without these the form would open on nothing chosen.
  if (types.data === undefined || parties.data === undefined || regions.data === undefined || things.data === undefined) return null;
  const named = (nodes: { id: string; name: string }[] | undefined) => (nodes ?? []).map((node) => ({ value: node.id, label: node.name }));
  return (
    <Modal open title={t('things.create')} onCancel={onClose} onOk={() => { form.submit(); }} okText={t('create')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'thing-save' }}>
      <Form form={form} layout="vertical" onFinish={submit} initialValues={{ party: above?.party ?? party ?? parties.data[0]?.id, region: above?.region ?? region ?? regions.data[0]?.id, parent: parent ?? undefined }} data-testid="thing-form">
        <Form.Item name="type" label={t('type')} rules={required}><Select showSearch={{ optionFilterProp: 'label' }} options={(types.data ?? []).filter((type) => !type.abstract).map((type) => ({ value: type.id, label: label(type.name) }))} /></Form.Item>
        <Form.Item name="name" label={t('name')} rules={required}><Input maxLength={128} /></Form.Item>
        <Form.Item name="id" label={t('optional.of', { name: t('things.id') })}><Input maxLength={128} /></Form.Item>
        <Form.Item name="party" label={t('party')} rules={required}><Select showSearch={{ optionFilterProp: 'label' }} options={named(parties.data)} /></Form.Item>
        <Form.Item name="region" label={t('region')} rules={required}><Select showSearch={{ optionFilterProp: 'label' }} options={named(regions.data)} /></Form.Item>
        <Form.Item name="parent" label={t('optional.of', { name: t('parent') })}><Select allowClear showSearch={{ optionFilterProp: 'label' }} options={named(things.data)} /></Form.Item>
      </Form>
    </Modal>
  );
}
