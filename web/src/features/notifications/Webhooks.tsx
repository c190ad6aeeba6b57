import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Form, Input, Modal, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { patch, post, remove, segment } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { TestAnswer, Webhook } from '../../api/types';
import { useWords } from '../../context/preferences';
import { Command } from '../../ui/copy';
import { CsvButton, ListOf } from '../../ui/list';
import { useOpen } from '../../ui/open';
import { ProblemView } from '../../ui/problem';
import { Facts, Side } from '../../ui/side';
import type { Column } from '../../ui/table';
import { At } from '../../ui/time';
import { useNodeOptions } from '../access/GrantFields';
import { useChange } from '../access/useChange';
import { usePartyName, useRegionName } from '../directory/names';
import { InterestFields } from './InterestFields';

const path = '/api/webhooks';
const nothing = {};

function Once({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useWords();
  return <Modal open title={t('notifications.webhooks')} onCancel={onClose} footer={<Button onClick={onClose}>{t('close')}</Button>}><div className="stack tight"><strong>{t('webhooks.once')}</strong><Command text={secret} testId="webhook-secret" /></div></Modal>;
}

function NewWebhook({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { change, busy } = useChange(path);
  const parties = useNodeOptions('/api/parties');
  const regions = useNodeOptions('/api/regions');
  const [form] = Form.useForm<object>();
  const [secret, setSecret] = useState<string | null>(null);
  const required = [{ required: true, message: t('required') }];
  const submit = async (values: object) => { const made = await change(() => post<{ secret: string }>(path, values)); if (made !== null) setSecret(made.secret); };
  if (secret !== null) return <Once secret={secret} onClose={onClose} />;
  return (
    <Modal open title={t('webhooks.create')} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('create')} cancelText={t('cancel')}>
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)} initialValues={{ party: 'root', region: 'root' }} data-testid="webhook-form">
        <Form.Item name="name" label={t('name')} rules={required}><Input /></Form.Item>
        <Form.Item name="url" label={t('webhooks.url')} rules={required}><Input placeholder="https://" /></Form.Item>
        <Form.Item name="party" label={t('party')} rules={required}><Select showSearch={{ optionFilterProp: 'title' }} options={parties} /></Form.Item>
        <Form.Item name="region" label={t('region')} rules={required}><Select showSearch={{ optionFilterProp: 'title' }} options={regions} /></Form.Item>
        <InterestFields name={['interest']} />
      </Form>
    </Modal>
  );
}

function WebhookDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const { change, busy } = useChange(path);
  const party = usePartyName();
  const region = useRegionName();
  const [secret, setSecret] = useState<string | null>(null);
  const own = `${path}/${segment(id)}`;
  const one = useOne<Webhook>(own);
  const webhook = one.data;
  const test = async () => { const answer = await change(() => post<TestAnswer>(`${own}/test`), '…'); if (answer !== null) void (answer.delivered ? message.success(t('notify.test.done')) : message.error(answer.error)); };
  const renew = async () => { const made = await change(() => post<{ secret: string }>(`${own}/secret`)); if (made !== null) setSecret(made.secret); };
  return (
    <Side onClose={onClose} title={webhook?.name ?? ''} testId="webhook-drawer">
      {one.error !== null && <ProblemView error={one.error} retry={() => void one.refetch()} />}
      {webhook !== undefined && (
        <>
          <Facts rows={[
            [t('webhooks.url'), <span key="url" className="mono break">{webhook.url}</span>], [t('state'), t(webhook.disabled ? 'webhooks.off' : 'webhooks.on')],
            [t('party'), party(webhook.party)], [t('region'), region(webhook.region)],
            [t('notifications.kind'), webhook.interest.kinds.map((kind) => t(`notifications.kind.${kind}`)).join(t('list.and')) || t('notify.any')],
            [t('severity'), webhook.interest.severities.map((severity) => t(`severity.${severity}`)).join(t('list.and')) || t('notify.any')],
            [t('created'), <At key="created" at={webhook.createdAt} />],
          ]} />
          <div className="row wrap">
            <Button type="primary" loading={busy} onClick={() => void test()} data-testid="webhook-test">{t('notify.test')}</Button>
            <Button onClick={() => void change(() => patch(own, { disabled: !webhook.disabled }))}>{t(webhook.disabled ? 'webhooks.enable' : 'webhooks.disable')}</Button>
            <Popconfirm title={t('webhooks.secret.ask')} okText={t('webhooks.secret')} cancelText={t('cancel')} onConfirm={() => void renew()}><Button>{t('webhooks.secret')}</Button></Popconfirm>
            <Popconfirm title={t('webhooks.remove.ask', { name: webhook.name })} okText={t('delete')} cancelText={t('cancel')} onConfirm={() => void change(() => remove(own)).then(onClose)}><Button danger>{t('delete')}</Button></Popconfirm>
          </div>
          {secret !== null && <Once secret={secret} onClose={() => { setSecret(null); }} />}
        </>
      )}
    </Side>
  );
}

export function Webhooks() {
  const { t } = useWords();
  const { open, opened } = useOpen();
  const party = usePartyName();
  const [creating, setCreating] = useState(false);
  const columns: Column<Webhook>[] = [
    { key: 'name', title: t('name'), width: '22%', render: (webhook) => <span className="strong">{webhook.name}</span> },
    { key: 'url', title: t('webhooks.url'), render: (webhook) => <span className="mono" title={webhook.url}>{webhook.url}</span> },
    { key: 'party', title: t('party'), width: '16%', only: 'wide', render: (webhook) => party(webhook.party) },
    { key: 'state', title: t('state'), width: 80, render: (webhook) => t(webhook.disabled ? 'webhooks.off' : 'webhooks.on') },
  ];
  const id = opened('webhook');
  return (
    <>
      <div className="row"><span className="grow" /><CsvButton path={path} query={nothing} /><Button type="primary" icon={<PlusOutlined />} onClick={() => { setCreating(true); }} data-testid="webhook-create">{t('webhooks.create')}</Button></div>
      <ListOf<Webhook> path={path} query={nothing} columns={columns} keyOf={(webhook) => webhook.id} testId="webhooks" label={t('notifications.webhooks')} chosen={id} onPick={(webhook) => { open('webhook', webhook.id); }} empty={{ title: t('webhooks.empty'), help: t('webhooks.empty.help') }} />
      {creating && <NewWebhook onClose={() => { setCreating(false); }} />}
      {id !== null && <WebhookDrawer id={id} onClose={() => { open('webhook', null); }} />}
    </>
  );
}
