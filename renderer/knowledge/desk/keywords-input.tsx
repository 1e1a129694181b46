import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

const most = 30;
const longest = 40;

/** Words that agents look for and the text does not say; each ended by Enter, a comma or a semicolon. */
export const KeywordsInput = (props: {
  readonly id: string;
  readonly 'data-testid': string;
  readonly disabled: boolean;
  readonly words: readonly string[];
  readonly onChange: (words: readonly string[]) => void;
}) => {
  const { t } = useTranslation();
  const { words, onChange, ...rest } = props;
  const take = (given: readonly string[]): void => {
    const cleaned = given.map((word) => word.trim().slice(0, longest)).filter((word) => word !== '');
    onChange([...new Set(cleaned)].slice(0, most));
  };
  return (
    <Select
      {...rest}
      mode="tags"
      open={false}
      suffixIcon={null}
      tokenSeparators={[',', '，', '、', ';', '；']}
      value={[...words]}
      placeholder={props.disabled ? '' : t('articles.keywordsHint')}
      onChange={take}
    />
  );
};
