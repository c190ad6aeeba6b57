import { UserOutlined } from '@ant-design/icons';
import { App, Dropdown, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { post } from '../api/client';
import { useWords } from '../context/preferences';
import { markSignedOut } from '../context/signedIn';
import { useForgetSession, useSession } from '../context/session';
import { useProblemWords } from '../ui/problemWords';

function PasswordBox({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const problemWords = useProblemWords();
  const [form] = Form.useForm<{ old: string; new: string }>();
  const submit = (values: { old: string; new: string }) => {
    post('/api/me/password', { old: values.old, new: values.new })
      .then(() => { void message.success(t('password.changed')); onClose(); })
      .catch((error: unknown) => { const words = problemWords(error); form.setFields([{ name: 'old', errors: [words.line] }]); });
  };
  return (
    <Modal open title={t('user.password')} onCancel={onClose} onOk={() => { form.submit(); }} okText={t('save')} cancelText={t('cancel')} width={420}>
      <Form form={form} layout="vertical" onFinish={submit} requiredMark={false}>
        <Form.Item name="old" label={t('password.old')} rules={[{ required: true, message: t('required') }]}><Input.Password autoComplete="current-password" /></Form.Item>
        <Form.Item name="new" label={t('password.new')} rules={[{ required: true, message: t('required') }]}><Input.Password autoComplete="new-password" /></Form.Item>
        <Form.Item name="again" label={t('password.again')} dependencies={['new']} rules={[{ required: true, message: t('required') }, ({ getFieldValue }) => ({ validator: (_, value: string) => (value === getFieldValue('new') ? Promise.resolve() : Promise.reject(new Error(t('password.differ')))) })]}><Input.Password autoComplete="new-password" /></Form.Item>
      </Form>
    </Modal>
  );
}

export function UserMenu() {
  const { t } = useWords();
  const { me } = useSession();
  const navigate = useNavigate();
  const forget = useForgetSession();
  const [changing, setChanging] = useState(false);
  const leave = () => { void post('/api/logout').finally(() => { markSignedOut(); forget(); void navigate('/sign-in', { replace: true }); }); };
  const items = [
    { key: 'name', label: me.name, disabled: true },
    { key: 'password', label: t('user.password'), onClick: () => { setChanging(true); } },
    { key: 'leave', label: <span data-testid="sign-out">{t('user.signout')}</span>, onClick: leave },
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
        <button type="button" className="icon wordy" aria-label={t('user.menu')} title={me.name} data-testid="user-menu"><UserOutlined /><span className="who clip" style={{ marginLeft: 6, maxWidth: 96 }}>{me.name}</span></button>
      </Dropdown>
      {changing && <PasswordBox onClose={() => { setChanging(false); }} />}
    </>
  );
}
