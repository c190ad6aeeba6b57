import { UploadOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Upload } from 'antd';
import { useState } from 'react';
import { upload } from '../../api/client';
import { useWords } from '../../context/preferences';

interface Installed { change: { id: string; version: string; before: string | null } }

/** Takes the ZIP file of a pack; what is wrong with it is handed on. */
export function InstallPack({ onError }: { onError: (error: unknown) => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const install = async (file: File) => {
    setBusy(true);
    onError(null);
    try {
      const { change } = await upload<Installed>('/api/packs/install', file);
      void message.success(t('packs.installed', { id: change.id, version: change.version }));
      await client.invalidateQueries();
    } catch (fault) {
      onError(fault);
    }
    setBusy(false);
  };
  return (
    <Upload accept=".zip" showUploadList={false} disabled={busy} beforeUpload={(file) => { void install(file); return false; }}>
      <Button icon={<UploadOutlined />} loading={busy} title={t('packs.install.help')} data-testid="packs-install">{t('packs.install')}</Button>
    </Upload>
  );
}
