import { Radio } from 'antd';
import { useId } from 'react';

interface ChoiceFieldProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly testId: string;
}

/** As many as are read at one glance. */
const atAGlance = 4;

/** One of a few: side by side where they are few, else in a list. Arrow keys choose in both. */
export const ChoiceField = ({ label, options, value, onChange, testId }: ChoiceFieldProps) => {
  const id = useId();
  if (options.length > atAGlance) return <SelectField {...{ label, options, value, onChange, testId }} />;
  return (
    <div className="box-field">
      <span className="box-label" id={id}>
        {label}
      </span>
      <Radio.Group aria-labelledby={id} value={value} onChange={(event) => onChange(String(event.target.value))}>
        {options.map((one) => (
          <Radio key={one.value} value={one.value} data-testid={`${testId}-${one.value}`}>
            {one.label}
          </Radio>
        ))}
      </Radio.Group>
    </div>
  );
};

/** One of a list, none chosen yet where the value is empty. */
export const SelectField = ({ label, options, value, onChange, testId }: ChoiceFieldProps) => {
  const id = useId();
  return (
    <div className="box-field">
      <label className="box-label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="choice"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        data-testid={testId}
      >
        <option value="" disabled hidden />
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  );
};
