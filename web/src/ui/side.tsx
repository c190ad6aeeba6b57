import { CloseOutlined } from '@ant-design/icons';
import { useEffect, useEffectEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useWords } from '../context/preferences';
import { useSideHost } from './sideHost';

interface Props { onClose: () => void; title: ReactNode; children: ReactNode; extra?: ReactNode; testId: string }

/** Whether something of the component library stands in front, for which Escape is meant. */
function covered(): boolean {
  return document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-select-dropdown:not(.ant-select-dropdown-hidden), .ant-popover:not(.ant-popover-hidden)') !== null;
}

/** Details beside the list: the list stays usable, Escape closes. */
export function Side({ onClose, title, children, extra, testId }: Props) {
  const { t } = useWords();
  const host = useSideHost();
  const close = useEffectEvent(onClose);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => { if (event.key === 'Escape' && !covered()) close(); };
    window.addEventListener('keydown', onKey);
    return () => { window.removeEventListener('keydown', onKey); };
  }, []);
  if (host === null) return null;
  return createPortal(
    <aside className="side" aria-label={typeof title === 'string' ? title : undefined}>
      <header><h2 className="clip grow">{title}</h2>{extra}<button type="button" className="side-close" onClick={onClose} title={t('close')} aria-label={t('close')} data-testid="side-close"><CloseOutlined /></button></header>
      <div className="side-body stack" data-testid={testId}>{children}</div>
    </aside>,
    host,
  );
}

export function Section({ title, children, tools }: { title: string; children: ReactNode; tools?: ReactNode }) {
  return <section className="section"><h2 className="row"><span className="grow">{title}</span>{tools}</h2>{children}</section>;
}

export function Facts({ rows }: { rows: [string, ReactNode][] }) {
  return <dl className="kv">{rows.map(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>])}</dl>;
}
