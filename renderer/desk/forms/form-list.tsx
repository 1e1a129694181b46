import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input, Pagination, Segmented } from 'antd';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormSummary } from '../../../contract/ipc.ts';
import { momentText } from '../../app/i18n/format.ts';
import { KeyButton } from '../../app/parts/key-button.tsx';
import { countText } from '../../app/parts/span-text.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { useNow } from '../../app/parts/use-now.ts';
import { useRight } from '../../app/parts/use-right.ts';
import { showForm } from '../../app/store/edit-form.ts';
import { pageChosen, pageSize, readFormList, searchTyped, statusChosen } from '../../app/store/form-list-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { newForm } from '../../app/store/work-calls.ts';
import { DeadlinePill } from './deadline-pill.tsx';
import { ExportButton } from './export-button.tsx';
import { FindAtCentre } from './find-at-centre.tsx';

const Row = ({ form, now }: { readonly form: FormSummary; readonly now: number }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const dispatch = useDeskDispatch();
  const current = useDeskSelector((state) => state.editor.openForm === form.id);
  const { clockOffsetMs, procedureRules } = useDeskSelector((state) => state.desk.sync);
  return (
    <li>
      <button
        type="button"
        className="row"
        aria-current={current}
        onClick={() => void dispatch(showForm(form.id))}
        data-testid="form-row"
        data-form={form.id}
      >
        <span className="row-top">
          <span className="digits row-number">{form.number}</span>
          <time className="quiet digits">{momentText(form.changedAt, now, language)}</time>
        </span>
        <span className="row-who">
          <strong>{form.callerName || t('list.noName')}</strong>
          <span className="digits quiet">{form.contactNumber}</span>
        </span>
        <span className="row-excerpt">{form.excerpt || t('list.noText')}</span>
        <span className="row-tags">
          <span className={`pill ${form.status === 'submitted' ? 'pill-good' : ''}`}>{t(`status.${form.status}`)}</span>
          {form.deadline && (
            <DeadlinePill deadline={form.deadline} rules={procedureRules.deadlines} now={now + clockOffsetMs} short />
          )}
          {form.pending > 0 && (
            <span className="pill pill-warn">
              {form.pending} {t('list.pendingBadge')}
            </span>
          )}
          {form.attention > 0 && (
            <span className="pill pill-bad">
              {form.attention} {t('list.attentionBadge')}
            </span>
          )}
        </span>
      </button>
    </li>
  );
};

/** What the list does not show yet, though the centre has it. */
const Incomplete = () => {
  const { t } = useTranslation();
  const language = useLanguage();
  const searching = useDeskSelector((state) => state.formList.search !== '');
  const { fill, unindexed } = useDeskSelector((state) => state.desk.sync);
  if (searching && unindexed > 0) {
    return <p className="list-note quiet">{t('unindexed', { count: countText(unindexed, language) })}</p>;
  }
  return fill ? <p className="list-note quiet">{t('fill.listed')}</p> : null;
};

/** All complaints this desk holds: searched, filtered, a page at a time, fresh by itself. */
export const FormList = ({ searchBox }: { readonly searchBox: RefObject<HTMLInputElement | null> }) => {
  const mayOpen = useRight('form.open');
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const { search, status, page, forms, total, more, phase } = useDeskSelector((state) => state.formList);
  // Deadlines are told in minutes.
  const now = useNow(true, 10_000);
  return (
    <section className="panel list-panel" aria-label={t('list.title')}>
      <header className="list-head">
        <div className="list-title">
          <h2>{t('list.title')}</h2>
          <span className="quiet digits">{t(more ? 'list.moreThan' : 'list.total', { count: total })}</span>
          {mayOpen && (
            <KeyButton
              hotKey="new-form"
              testId="form-new"
              type="primary"
              icon={<PlusOutlined />}
              onClick={() => void dispatch(newForm())}
            >
              {t('list.new')}
            </KeyButton>
          )}
        </div>
        <Input
          ref={(input) => {
            searchBox.current = input?.input ?? null;
          }}
          type="search"
          prefix={<SearchOutlined aria-hidden="true" />}
          suffix={<kbd className="key">Ctrl+K</kbd>}
          value={search}
          placeholder={t('list.search')}
          aria-label={t('list.search')}
          onChange={(event) => dispatch(searchTyped(event.target.value))}
          data-testid="form-search"
        />
        <Segmented
          block
          aria-label={t('list.status')}
          value={status ?? 'all'}
          options={[
            { value: 'all', label: t('list.all') },
            { value: 'draft', label: t('status.draft') },
            { value: 'submitted', label: t('status.submitted') },
          ]}
          onChange={(value) => dispatch(statusChosen(value === 'draft' || value === 'submitted' ? value : null))}
          data-testid="form-status-filter"
        />
        <ExportButton />
      </header>
      {phase === 'failed' && (
        <p className="call-note note-bad" role="alert">
          {t('list.failed')}{' '}
          <Button size="small" onClick={() => void dispatch(readFormList())}>
            {t('list.retry')}
          </Button>
        </p>
      )}
      <Incomplete />
      <ul className="rows" data-testid="form-list">
        {forms.map((form) => (
          <Row key={form.id} form={form} now={now} />
        ))}
        {phase === 'read' && forms.length === 0 && (
          <li className="empty quiet">{search || status ? t('list.noMatch') : t('list.none')}</li>
        )}
      </ul>
      <FindAtCentre />
      {total > pageSize && (
        <Pagination
          simple
          size="small"
          align="center"
          current={page}
          pageSize={pageSize}
          total={total}
          onChange={(next) => dispatch(pageChosen(next))}
        />
      )}
    </section>
  );
};
