// MQL5's string: UTF-16, and NULL until something is assigned.
#pragma once
#include "arrays.h"

namespace shim {

inline void appendCodePoint(std::u16string &text, uint point) {
  if (point < 0x10000) {
    text += static_cast<char16_t>(point);
    return;
  }
  text += static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10));
  text += static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF));
}

/** UTF-8 to UTF-16 as MultiByteToWideChar does it without flags: what is no UTF-8 becomes U+FFFD. */
inline std::u16string fromUtf8(const char *bytes, size_t size) {
  std::u16string text;
  for (size_t i = 0; i < size;) {
    const uchar first = static_cast<uchar>(bytes[i]);
    const size_t length = first < 0x80 ? 1 : first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0;
    if (length == 1) {
      text += static_cast<char16_t>(first);
      i++;
      continue;
    }
    uint point = length == 0 ? 0 : first & (0x7Fu >> length);
    size_t good = length == 0 ? 0 : 1;
    for (; good > 0 && good < length && i + good < size; good++) {
      const uchar next = static_cast<uchar>(bytes[i + good]);
      const bool isLow = good == 1 && ((first == 0xE0 && next < 0xA0) || (first == 0xED && next > 0x9F) || (first == 0xF0 && next < 0x90) || (first == 0xF4 && next > 0x8F));
      if ((next & 0xC0) != 0x80 || isLow) break;
      point = (point << 6) | (next & 0x3F);
    }
    appendCodePoint(text, length > 0 && good == length ? point : 0xFFFD);
    i += std::max<size_t>(good, 1);
  }
  return text;
}

/** A lone surrogate becomes U+FFFD, as WideCharToMultiByte does it. */
inline std::string toUtf8(const std::u16string &text) {
  std::string bytes;
  const auto put = [&bytes](uint value) { bytes += static_cast<char>(static_cast<uchar>(value)); };
  for (size_t i = 0; i < text.size(); i++) {
    uint point = text[i];
    if (point >= 0xD800 && point < 0xE000) {
      const bool isPair = point < 0xDC00 && i + 1 < text.size() && text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000;
      point = isPair ? 0x10000 + ((point - 0xD800) << 10) + (text[++i] - 0xDC00u) : 0xFFFD;
    }
    if (point < 0x80) put(point);
    else if (point < 0x800) put(0xC0 | point >> 6), put(0x80 | (point & 63));
    else if (point < 0x10000) put(0xE0 | point >> 12), put(0x80 | (point >> 6 & 63)), put(0x80 | (point & 63));
    else put(0xF0 | point >> 18), put(0x80 | (point >> 12 & 63)), put(0x80 | (point >> 6 & 63)), put(0x80 | (point & 63));
  }
  return bytes;
}

} // namespace shim

class string {
  std::u16string text_;
  bool null_ = true;

  static bool equal(const string &one, const string &other) {
    if (one.text_.empty() && other.text_.empty() && one.null_ != other.null_)
      shim::critical("a string that was never assigned (NULL) is compared with \"\": ask for StringLen() == 0");
    return one.text_ == other.text_;
  }

public:
  string() {}
  string(std::nullptr_t) {}
  string(const char *utf8) : text_(shim::fromUtf8(utf8, std::strlen(utf8))), null_(false) {}
  string(const std::string &utf8) : text_(shim::fromUtf8(utf8.data(), utf8.size())), null_(false) {}
  string(const std::u16string &text) : text_(text), null_(false) {}
  string(std::u16string &&text) : text_(std::move(text)), null_(false) {}

  std::string utf8() const { return shim::toUtf8(text_); }
  const std::u16string &raw() const { return text_; }
  /** For built-ins that change a string in place. */
  std::u16string &edit() {
    null_ = false;
    return text_;
  }
  bool isNull() const { return null_; }

  ushort operator[](int index) const {
    if (index < 0 || static_cast<size_t>(index) >= text_.size()) shim::critical("string index out of range");
    return static_cast<ushort>(text_[static_cast<size_t>(index)]);
  }
  string &operator+=(const string &other) {
    text_ += other.text_;
    null_ = null_ && other.null_;
    return *this;
  }
  friend string operator+(const string &one, const string &other) { return string(one.text_ + other.text_); }
  friend string operator+(string &&one, const string &other) { return string(std::move(one.text_ += other.text_)); }
  friend bool operator==(const string &one, const string &other) { return equal(one, other); }
  friend bool operator!=(const string &one, const string &other) { return !equal(one, other); }
  friend bool operator==(const string &one, std::nullptr_t) { return one.null_; }
  friend bool operator!=(const string &one, std::nullptr_t) { return !one.null_; }
  friend bool operator<(const string &one, const string &other) { return one.text_ < other.text_; }
  friend bool operator>(const string &one, const string &other) { return other.text_ < one.text_; }
};

inline string _S(const char *literal) { return string(literal); }
