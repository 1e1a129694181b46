import { useMemo } from 'react';
import { encode } from 'uqr';

/** A QR code of a few characters, as one path: sharp at any size. */
export const QrCode = ({ text }: { readonly text: string }) => {
  const { data, size } = useMemo(() => encode(text, { ecc: 'M', border: 0 }), [text]);
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={text}>
      <path d={path} />
    </svg>
  );
};
