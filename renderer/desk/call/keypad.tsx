import { Button } from 'antd';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

export const Keypad = ({ onDigit }: { readonly onDigit: (digit: string) => void }) => (
  <div className="keypad" data-testid="keypad">
    {digits.map((digit) => (
      <Button key={digit} className="digits" onClick={() => onDigit(digit)} data-testid={`keypad-${digit}`}>
        {digit}
      </Button>
    ))}
  </div>
);
