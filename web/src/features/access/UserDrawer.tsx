import { Button, Form, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { patch, post, remove, segment } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { User } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { ProblemView } from '../../ui/problem';
import { Facts, Section, Side } from '../../ui/side';
import { Ago, At } from '../../ui/time';
import { usePartyName, useRegionName } from '../directory/names';
import { GrantFields } from './GrantFields';
import { useGrantText } from './grantText';
import { useChange } from './useChange';

function Grants({ user }: { user: User }) {
  const { t } = useWords();
  const { change, busy } = useChange('/api/users');
  const [adding, setAdding] = useState(false);
  const grantText = useGrantText(usePartyName(), useRegionName());
  const path = `/api/users/${segment(user.id)}/grants`;
  const add = async (values: object) => { if (await change(() => post(path, values)) !== null) setAdding(false); };
  return (
    <Section title={t('users.grants')} tools={!adding && <button type="button" className="link" onClick={() => { setAdding(true); }} data-testid="grant-add">{t('users.grants.add')}</button>}>
      {user.grants.length === 0 && <p className="quiet">{t('users.grants.none')}</p>}
      {user.grants.map((grant) => (
        <div key={grant.id} className="row" data-testid="grant"><span className="grow">{grantText(grant)}</span><Button size="small" disabled={busy} onClick={() => void change(() => remove(`${path}/${segment(grant.id ?? '')}`))}>{t('delete')}</Button></div>
      ))}
      {adding && <Form layout="vertical" className="inset" onFinish={(values: object) => void add(values)} initialValues={{ role: 'operator', party: user.party, region: 'root' }}><GrantFields /><div className="row"><Button type="primary" htmlType="submit" loading={busy}>{t('save')}</Button><Button onClick={() => { setAdding(false); }}>{t('cancel')}</Button></div></Form>}
    </Section>
  );
}

function Password({ user }: { user: User }) {
  const { t } = useWords();
  const { change, busy } = useChange('/api/users');
  const [form] = Form.useForm<{ password: string }>();
  const submit = async (values: { password: string }) => { if (await change(() => post(`/api/users/${segment(user.id)}/password`, values)) !== null) form.resetFields(); };
  return (
    <Section title={t('users.password.set')}>
      <Form form={form} layout="inline" onFinish={(values) => void submit(values)}><Form.Item name="password" rules={[{ required: true, message: t('required') }]}><Input.Password autoComplete="new-password" placeholder={t('password.new')} /></Form.Item><Button htmlType="submit" loading={busy}>{t('save')}</Button></Form>
    </Section>
  );
}

export function UserDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const { me } = useSession();
  const party = usePartyName();
  const { change, busy } = useChange('/api/users');
  const path = `/api/users/${segment(id)}`;
  const detail = useOne<User>(path);
  const user = detail.data;
  const erase = async () => { if (await change(() => remove(path)) !== null) onClose(); };
  return (
    <Side onClose={onClose} title={user?.name ?? ''} testId="user-drawer">
      {detail.error !== null && user === undefined && <ProblemView error={detail.error} retry={() => void detail.refetch()} />}
      {user !== undefined && (
        <>
          <Facts rows={[[t('users.id'), user.id], [t('party'), party(user.party)], [t('state'), user.disabled ? t('users.disabled') : t('users.active')], [t('created'), <At key="created" at={user.created} />], [t('users.signin'), <Ago key="signin" at={user.lastSignIn} />]]} />
          <Grants user={user} />
          <Password user={user} />
          {user.id !== me.id && (
            <div className="row">
              <Button loading={busy} onClick={() => void change(() => patch(path, { disabled: !user.disabled }))}>{user.disabled ? t('users.enable') : t('users.disable')}</Button>
              <Popconfirm title={`${t('delete')} ${user.name}?`} okText={t('delete')} cancelText={t('cancel')} onConfirm={() => void erase()}><Button danger>{t('delete')}</Button></Popconfirm>
            </div>
          )}
        </>
      )}
    </Side>
  );
}
