import { useEffect, type ReactNode } from 'react';
import { useWords } from '../context/preferences';

export function Page({ title, tools, children, fixed = true, testId, beside }: { title: ReactNode; tools?: ReactNode; children: ReactNode; fixed?: boolean; testId: string; beside?: ReactNode }) {
  const { t } = useWords();
  useEffect(() => {
    if (typeof title === 'string') document.title = `${title} · ${t('product')}`;
  }, [title, t]);
  return (
    <div className={fixed ? 'page fixed' : 'page'} data-testid={testId}>
      <div className="page-head"><h1>{title}</h1>{beside}{tools !== undefined && <div className="tools">{tools}</div>}</div>
      {children}
    </div>
  );
}

export function Panel({ title, tools, children, flush = false, testId, style }: { title?: ReactNode; tools?: ReactNode; children: ReactNode; flush?: boolean; testId?: string; style?: React.CSSProperties }) {
  return (
    <section className="panel" data-testid={testId} style={style}>
      {title !== undefined && <header><h2 className="clip">{title}</h2>{tools !== undefined && <div className="tools">{tools}</div>}</header>}
      <div className={flush ? 'body flush' : 'body'}>{children}</div>
    </section>
  );
}
