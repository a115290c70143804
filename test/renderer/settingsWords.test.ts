import { describe, expect, it } from 'vitest';
import { isTextKey, specOf, textFields } from '../../renderer/views/settings/settingsFields.ts';
import { columnMeanings } from '../../renderer/views/settings/symbolMeanings.ts';
import { symbolColumns } from '../../src/domain/market/symbolRow.ts';

const keys = Object.keys(textFields).filter(isTextKey);
/** Words of programs, which a trader has no use for. */
const jargon = /\b(null|bind|socket|payload|boolean|string|enum|frame|byte|integer|array|they hold)\b/i;

describe('the words of the settings', () => {
  it.each(keys)('%s says what it does, in sentences', (key) => {
    const { does } = specOf(key);
    expect(does).toMatch(/^[A-Z0-9].{24,}\.$/);
    expect(does).not.toMatch(jargon);
  });

  it.each(keys.filter((key) => specOf(key).kind === 'limit'))('%s says what an empty field lets through', (key) => {
    expect(specOf(key).off).toMatch(/^Off: .{10,}\.$/);
  });

  it.each(symbolColumns)('the column %s says what it is for', (column) => {
    expect(columnMeanings[column]).toMatch(/^[A-Z].{20,}\.$/);
    expect(columnMeanings[column]).not.toMatch(jargon);
  });
});
