// String functions. Where the reference leaves open what happens, the program ends: nothing may rest on it.
#pragma once
#include "strings5.h"

inline int StringLen(const string &text) { return static_cast<int>(text.raw().size()); }

inline ushort StringGetCharacter(const string &text, int position) {
  if (position < 0 || position >= StringLen(text)) {
    shim::fail(5041); // ERR_STRINGPOS_OUTOFRANGE
    return 0;
  }
  return static_cast<ushort>(text.raw()[static_cast<size_t>(position)]);
}

/** A position at the end appends; the character 0 cuts the string there. */
inline bool StringSetCharacter(string &text, int position, ushort value) {
  if (position < 0 || position > StringLen(text)) return shim::fail(5041);
  std::u16string &raw = text.edit();
  const size_t at = static_cast<size_t>(position);
  if (value == 0) raw.resize(at);
  else if (at == raw.size()) raw += static_cast<char16_t>(value);
  else raw[at] = static_cast<char16_t>(value);
  return true;
}

inline int StringFind(const string &text, const string &wanted, int start = 0) {
  if (StringLen(wanted) == 0) shim::critical("StringFind of an empty string: its result is not documented");
  if (start < 0 || start > StringLen(text)) return -1;
  const size_t found = text.raw().find(wanted.raw(), static_cast<size_t>(start));
  return found == std::u16string::npos ? -1 : static_cast<int>(found);
}

/** A length of 0 is the rest of the string in some builds and nothing in others. */
inline string StringSubstr(const string &text, int start, int length = -1) {
  if (length == 0) shim::critical("StringSubstr with length 0: builds differ in what it gives");
  if (start < 0 || start >= StringLen(text)) return string("");
  return string(text.raw().substr(static_cast<size_t>(start), length < 0 ? std::u16string::npos : static_cast<size_t>(length)));
}

inline bool StringAdd(string &text, const string &more) {
  text += more;
  return true;
}
inline bool StringInit(string &text, int length = 0, ushort value = 0) {
  text = string(std::u16string(static_cast<size_t>(value == 0 ? 0 : length), static_cast<char16_t>(value)));
  return true;
}
inline bool StringReserve(string &text, uint capacity) {
  text.edit().reserve(capacity);
  return true;
}

/** Number of replacements. */
inline int StringReplace(string &text, const string &find, const string &replacement) {
  if (StringLen(find) == 0) shim::critical("StringReplace of an empty string: its result is not documented");
  std::u16string &raw = text.edit();
  int count = 0;
  for (size_t at = raw.find(find.raw()); at != std::u16string::npos; at = raw.find(find.raw(), at + replacement.raw().size())) {
    raw.replace(at, find.raw().size(), replacement.raw());
    count++;
  }
  return count;
}

/** Number of parts; 0 for an empty string. */
inline int StringSplit(const string &text, ushort separator, shim::Array<string> &parts) {
  if (StringLen(text) == 0) {
    ArrayResize(parts, 0);
    return 0;
  }
  int count = 0;
  size_t from = 0;
  for (;;) {
    const size_t end = text.raw().find(static_cast<char16_t>(separator), from);
    ArrayResize(parts, count + 1, 16);
    parts[count++] = string(text.raw().substr(from, end == std::u16string::npos ? end : end - from));
    if (end == std::u16string::npos) return count;
    from = end + 1;
  }
}

namespace shim {
inline bool isBlank(char16_t c) { return c == u' ' || c == u'\t' || c == u'\r' || c == u'\n'; }
inline int order(int value) { return value < 0 ? -1 : value > 0 ? 1 : 0; }
inline char16_t upper(char16_t c) { return c >= u'a' && c <= u'z' ? static_cast<char16_t>(c - 32) : c; }
inline char16_t lower(char16_t c) { return c >= u'A' && c <= u'Z' ? static_cast<char16_t>(c + 32) : c; }
} // namespace shim

/** Number of removed characters; the string is changed in place. */
inline int StringTrimLeft(string &text) {
  std::u16string &raw = text.edit();
  size_t count = 0;
  while (count < raw.size() && shim::isBlank(raw[count])) count++;
  raw.erase(0, count);
  return static_cast<int>(count);
}
inline int StringTrimRight(string &text) {
  std::u16string &raw = text.edit();
  const size_t before = raw.size();
  while (!raw.empty() && shim::isBlank(raw.back())) raw.pop_back();
  return static_cast<int>(before - raw.size());
}

/** ASCII letters only: what becomes of others depends on the machine. */
inline bool StringToUpper(string &text) {
  for (char16_t &c : text.edit()) c = shim::upper(c);
  return true;
}
inline bool StringToLower(string &text) {
  for (char16_t &c : text.edit()) c = shim::lower(c);
  return true;
}
inline int StringCompare(const string &one, const string &other, bool caseSensitive = true) {
  if (caseSensitive) return shim::order(one.raw().compare(other.raw()));
  string first = one, second = other;
  StringToLower(first);
  StringToLower(second);
  return shim::order(first.raw().compare(second.raw()));
}

inline string ShortToString(ushort value) { return string(std::u16string(value == 0 ? 0 : 1, static_cast<char16_t>(value))); }
inline string CharToString(uchar value) {
  if (value >= 0x80) shim::critical("CharToString above 127 depends on the machine's code page");
  return ShortToString(value);
}

// ---- code pages

enum { CP_ACP = 0, CP_OEMCP = 1, CP_UTF7 = 65000, CP_UTF8 = 65001 };

namespace shim {

/** Windows-1252 from 0x80 to 0x9F; 0 where it has no character. */
inline const char16_t *windows1252() {
  static const char16_t table[32] = {0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
                                     0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178};
  return table;
}

inline std::string encode(const std::u16string &text, uint page) {
  if (page == CP_UTF8) return toUtf8(text);
  if (page != CP_ACP) critical("only CP_UTF8 and CP_ACP (as Windows-1252) are there");
  std::string bytes;
  for (const char16_t c : text) {
    uint byte = c < 0x80 || (c >= 0xA0 && c < 0x100) ? c : '?';
    for (uint i = 0; i < 32; i++)
      if (c >= 0x80 && windows1252()[i] == c) byte = 0x80 + i;
    bytes += static_cast<char>(static_cast<uchar>(byte));
  }
  return bytes;
}

inline std::u16string decode(const char *bytes, size_t size, uint page) {
  if (page == CP_UTF8) return fromUtf8(bytes, size);
  if (page != CP_ACP) critical("only CP_UTF8 and CP_ACP (as Windows-1252) are there");
  std::u16string text;
  for (size_t i = 0; i < size; i++) {
    const uchar byte = static_cast<uchar>(bytes[i]);
    const char16_t special = byte >= 0x80 && byte < 0xA0 ? windows1252()[byte - 0x80] : char16_t(0);
    text += special != 0 ? special : static_cast<char16_t>(byte);
  }
  return text;
}

} // namespace shim

/**
 * Number of copied bytes. Without a count the closing zero is copied too. A longer array keeps its size and what lies behind.
 * With a count that is not the number of bytes of a text beyond ASCII the program ends: characters or bytes, the reference leaves open.
 */
inline int StringToCharArray(const string &text, shim::Array<uchar> &array, int start = 0, int count = WHOLE_ARRAY, uint page = CP_ACP) {
  std::string bytes = shim::encode(text.raw(), page);
  if (count >= 0 && bytes.size() != text.raw().size()) shim::critical("StringToCharArray with a count and a text beyond ASCII: bytes or characters?");
  bytes += '\0';
  int copied = static_cast<int>(bytes.size());
  if (count >= 0) copied = std::min(copied, count);
  if (start < 0) shim::critical("StringToCharArray: a negative start");
  if (start + copied > array.size()) {
    if (array.fixed()) copied = std::max(0, array.size() - start);
    else array.grow(start + copied, 0);
  }
  for (int i = 0; i < copied; i++) array[start + i] = static_cast<uchar>(bytes[static_cast<size_t>(i)]);
  return copied;
}

/** Without a count up to the closing zero or the end. A zero within a count ends the program: what becomes of it is not documented. */
inline string CharArrayToString(const shim::Array<uchar> &array, int start = 0, int count = -1, uint page = CP_ACP) {
  if (start < 0) shim::critical("CharArrayToString: a negative start");
  if (start >= array.size() || count == 0) return string("");
  const int size = shim::rangeOf(array.size(), start, count, "CharArrayToString");
  const char *bytes = reinterpret_cast<const char *>(array.data() + start);
  const size_t length = strnlen(bytes, static_cast<size_t>(size));
  if (count >= 0 && length < static_cast<size_t>(size)) shim::critical("CharArrayToString: a zero byte within count");
  return string(shim::decode(bytes, length, page));
}

/** Number of copied characters, the closing zero among them unless a count is given. */
inline int StringToShortArray(const string &text, shim::Array<ushort> &array, int start = 0, int count = -1) {
  int copied = StringLen(text) + 1;
  if (count >= 0) copied = std::min(copied, count);
  if (start + copied > array.size()) {
    if (array.fixed()) copied = std::max(0, array.size() - start);
    else array.grow(start + copied, 0);
  }
  for (int i = 0; i < copied; i++) array[start + i] = i < StringLen(text) ? StringGetCharacter(text, i) : static_cast<ushort>(0);
  return copied;
}
inline string ShortArrayToString(const shim::Array<ushort> &array, int start = 0, int count = -1) {
  if (start < 0) shim::critical("ShortArrayToString: a negative start");
  std::u16string text;
  const int size = start >= array.size() ? 0 : shim::rangeOf(array.size(), start, count, "ShortArrayToString");
  for (int i = 0; i < size && array[start + i] != 0; i++) text += static_cast<char16_t>(array[start + i]);
  return string(text);
}
