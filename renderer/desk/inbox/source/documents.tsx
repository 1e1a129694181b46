import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Form } from '../../../../domain/forms/form.ts';
import { sourceShown } from '../../../app/store/source-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../../../app/store/store.ts';
import { looksLikeScan } from '../../scans/scan-kind.ts';
import { ScanViewer } from '../../scans/scan-viewer.tsx';

/** The scans on a form: one at a time, chosen by name where there are several. */
export const Documents = ({ form }: { readonly form: Form }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const wanted = useDeskSelector((state) => state.source.document);
  const scans = form.attachments.filter(looksLikeScan);
  const shown = form.attachments.find((one) => one.id === wanted) ?? scans[0];
  if (!shown) return null;
  return (
    <div className="documents" data-testid="documents">
      {scans.length > 1 && (
        <Segmented
          size="small"
          className="documents-names"
          aria-label={t('scan.files')}
          value={shown.id}
          options={scans.map((one) => ({
            value: one.id,
            label: (
              <span className="documents-name" title={one.name}>
                {one.name}
              </span>
            ),
          }))}
          onChange={(document) => dispatch(sourceShown({ form: form.id, document }))}
        />
      )}
      {scans.length <= 1 && <p className="documents-only file-name">{shown.name}</p>}
      <ScanViewer key={shown.id} file={shown} />
    </div>
  );
};
