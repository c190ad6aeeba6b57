import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { post, remove, segment } from '../../api/client';
import type { ApiToken } from '../../api/types';
import { useWords } from '../../context/preferences';
import { Command } from '../../ui/copy';
import { CsvButton, ListOf } from '../../ui/list';
import type { Column } from '../../ui/table';
import { Ago, At } from '../../ui/time';
import { usePartyName, useRegionName } from '../directory/names';
import { GrantFields } from './GrantFields';
import { useGrantText } from './grantText';
import { useChange } from './useChange';

const path = '/api/tokens';
const nothing = {};
const lifetimes = [30, 90, 365, 0] as const;

function NewToken({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { change, busy } = useChange(path);
  const [form] = Form.useForm<{ name: string; role: string; party: string; region: string; days: number }>();
  const [made, setMade] = useState<string | null>(null);
  const submit = async ({ days, ...values }: { name: string; role: string; party: string; region: string; days: number }) => {
    const expires = days === 0 ? undefined : new Date(Date.now() + days * 86_400_000).toISOString();
    const result = await change(() => post<{ token: string }>(path, { ...values, expires }));
    if (result !== null) setMade(result.token);
  };
  if (made !== null) return <Modal open title={t('tokens.create')} onCancel={onClose} footer={<Button onClick={onClose}>{t('close')}</Button>}><div className="stack tight"><strong>{t('tokens.once')}</strong><Command text={made} testId="token-made" /></div></Modal>;
  return (
    <Modal open title={t('tokens.create')} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('create')} cancelText={t('cancel')}>
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)} initialValues={{ role: 'viewer', days: 90 }} data-testid="token-form">
        <Form.Item name="name" label={t('name')} rules={[{ required: true, message: t('required') }]}><Input /></Form.Item>
        <GrantFields />
        <Form.Item name="days" label={t('tokens.days')}><Select options={lifetimes.map((days) => ({ value: days, label: days === 0 ? t('tokens.expires.never') : t('tokens.days.of', { days }) }))} /></Form.Item>
      </Form>
    </Modal>
  );
}

export function Tokens() {
  const { t } = useWords();
  const grantText = useGrantText(usePartyName(), useRegionName());
  const { change } = useChange(path);
  const [creating, setCreating] = useState(false);
  const columns: Column<ApiToken>[] = [
    { key: 'name', title: t('name'), width: '18%', render: (token) => <span className="strong">{token.name}</span> },
    { key: 'prefix', title: t('tokens.prefix'), width: 120, only: 'wide', render: (token) => <code>{token.prefix}…</code> },
    { key: 'grant', title: t('users.grants'), render: (token) => grantText(token) },
    { key: 'expires', title: t('tokens.expires'), width: 120, only: 'wide', render: (token) => (token.expires === null ? t('tokens.expires.never') : <Ago at={token.expires} />) },
    { key: 'created', title: t('created'), width: 160, only: 'xwide', render: (token) => <At at={token.created} shape="minute" /> },
    { key: 'used', title: t('tokens.used'), width: 120, right: true, only: 'wide', render: (token) => (token.lastUsed === null ? <span className="faint">{t('never')}</span> : <Ago at={token.lastUsed} />) },
    { key: 'act', title: '', width: 112, right: true, render: (token) => <Popconfirm title={t('tokens.revoke.ask', { name: token.name })} okText={t('tokens.revoke')} cancelText={t('cancel')} onConfirm={() => void change(() => remove(`${path}/${segment(token.id)}`), t('tokens.revoked'))}><Button size="small">{t('tokens.revoke')}</Button></Popconfirm> },
  ];
  return (
    <>
      <div className="row"><span className="grow" /><CsvButton path={path} query={nothing} /><Button type="primary" icon={<PlusOutlined />} onClick={() => { setCreating(true); }} data-testid="token-create">{t('tokens.create')}</Button></div>
      <ListOf<ApiToken> path={path} query={nothing} columns={columns} keyOf={(token) => token.id} testId="tokens" label={t('admin.tokens')} empty={{ title: t('tokens.empty'), help: t('tokens.empty.help') }} />
      {creating && <NewToken onClose={() => { setCreating(false); }} />}
    </>
  );
}
