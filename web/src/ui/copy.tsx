import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../context/preferences';

/** Copies through a selection where the page is not served over a secure origin. */
function copyText(text: string): void {
  if (window.isSecureContext) { void navigator.clipboard.writeText(text); return; }
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

export function CopyButton({ text }: { text: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  return <Button size="small" type="text" icon={copied ? <CheckOutlined /> : <CopyOutlined />} title={copied ? t('copied') : t('copy')} aria-label={t('copy')} onClick={() => { copyText(text); setCopied(true); }} />;
}

export function Command({ text, testId }: { text: string; testId?: string }) {
  return <pre className="command" data-testid={testId}>{text}<CopyButton text={text} /></pre>;
}
