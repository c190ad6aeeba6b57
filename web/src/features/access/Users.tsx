import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { post } from '../../api/client';
import type { User } from '../../api/types';
import { useWords } from '../../context/preferences';
import { CsvButton, ListOf } from '../../ui/list';
import { useOpen } from '../../ui/open';
import type { Column } from '../../ui/table';
import { Ago } from '../../ui/time';
import { usePartyName, useRegionName } from '../directory/names';
import { useNodeOptions } from './GrantFields';
import { UserDrawer } from './UserDrawer';
import { useChange } from './useChange';
import { useGrantText } from './grantText';

const path = '/api/users';
const nothing = {};

function NewUser({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { open } = useOpen();
  const { change, busy } = useChange(path);
  const parties = useNodeOptions('/api/parties');
  const [form] = Form.useForm<{ id: string; name: string; party: string; password: string }>();
  const required = [{ required: true, message: t('required') }];
  const submit = async (values: { id: string }) => {
    const made = await change(() => post<User>(path, values), t('users.created'));
    if (made !== null) { onClose(); open('user', values.id); }
  };
  return (
    <Modal open title={t('users.create')} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('create')} cancelText={t('cancel')}>
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)} initialValues={{ party: parties[0]?.value }} data-testid="user-form" autoComplete="off">
        <Form.Item name="id" label={t('users.id')} rules={required}><Input /></Form.Item>
        <Form.Item name="name" label={t('users.name')} rules={required}><Input /></Form.Item>
        <Form.Item name="party" label={t('party')} rules={required}><Select showSearch={{ optionFilterProp: 'title' }} options={parties} /></Form.Item>
        <Form.Item name="password" label={t('users.password')} rules={required}><Input.Password autoComplete="new-password" /></Form.Item>
      </Form>
    </Modal>
  );
}

export function Users() {
  const { t } = useWords();
  const { open, opened } = useOpen();
  const party = usePartyName();
  const region = useRegionName();
  const grantText = useGrantText(party, region);
  const [creating, setCreating] = useState(false);
  const columns: Column<User>[] = [
    { key: 'id', title: t('users.id'), width: '14%', render: (user) => <span className="strong">{user.id}</span> },
    { key: 'name', title: t('users.name'), width: '14%', render: (user) => user.name },
    { key: 'party', title: t('party'), width: '16%', only: 'wide', render: (user) => party(user.party) },
    { key: 'grants', title: t('users.grants'), only: 'wide', render: (user) => <span className="quiet">{user.grants.map(grantText).join('; ') || t('none')}</span> },
    { key: 'state', title: t('state'), width: 88, render: (user) => (user.disabled ? t('users.disabled') : t('users.active')) },
    { key: 'signin', title: t('users.signin'), width: 120, right: true, only: 'wide', render: (user) => (user.lastSignIn === null ? <span className="faint">{t('never')}</span> : <Ago at={user.lastSignIn} />) },
  ];
  const id = opened('user');
  return (
    <>
      <div className="row"><span className="grow" /><CsvButton path={path} query={nothing} /><Button type="primary" icon={<PlusOutlined />} onClick={() => { setCreating(true); }} data-testid="user-create">{t('users.create')}</Button></div>
      <ListOf<User> path={path} query={nothing} columns={columns} keyOf={(user) => user.id} testId="users" label={t('admin.users')} chosen={id} onPick={(user) => { open('user', user.id); }} empty={{ title: t('users.empty'), help: t('users.empty.help') }} />
      {creating && <NewUser onClose={() => { setCreating(false); }} />}
      {id !== null && <UserDrawer id={id} onClose={() => { open('user', null); }} />}
    </>
  );
}
