import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { bridge } from '../app/bridge.ts';
import { makeI18n } from '../app/i18n/i18n.ts';
import { FormSheet } from './form-sheet.tsx';
import { OrderSheet } from './order-sheet.tsx';
import './paper.css';

/** Lays out what main wants on paper, says when it stands, and is closed by main. */
const layOut = async (): Promise<void> => {
  const paper = await bridge.request('paper.read', undefined);
  const container = document.getElementById('paper');
  if (!paper || !container) return;
  document.documentElement.lang = paper.language === 'zh' ? 'zh-CN' : 'en';
  document.title = paper.form.number;
  const order = paper.form.procedure.orders.find(({ id }) => id === paper.order);
  flushSync(() =>
    createRoot(container).render(
      <I18nextProvider i18n={makeI18n(paper.language)}>
        {order ? <OrderSheet paper={paper} order={order} /> : <FormSheet paper={paper} />}
      </I18nextProvider>,
    ),
  );
  await document.fonts.ready;
  await bridge.request('paper.ready', undefined);
};

void layOut();
