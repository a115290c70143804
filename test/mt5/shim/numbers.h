// Numbers as text and back, arithmetic, formatted output.
#pragma once
#include "text.h"

inline long StringToInteger(const string &text) { return std::strtol(text.utf8().c_str(), nullptr, 10); }

/** Reads as far as it is a number; 0 where nothing is. Not hexadecimal, no "inf", no "nan". */
inline double StringToDouble(const string &text) {
  const std::string raw = text.utf8();
  size_t end = 0;
  while (end < raw.size() && std::strchr(" \t\r\n", raw[end])) end++;
  const size_t begin = end;
  while (end < raw.size() && std::strchr("+-0123456789.eE", raw[end])) end++;
  return std::strtod(raw.substr(begin, end - begin).c_str(), nullptr);
}

inline string IntegerToString(long value, int length = 0, ushort fill = ' ') {
  std::u16string text = string(std::to_string(value)).raw();
  while (static_cast<int>(text.size()) < length) text.insert(text.begin(), static_cast<char16_t>(fill));
  return string(text);
}

/** 0 to 16 digits fixed, a negative number of digits scientific. */
inline string DoubleToString(double value, int digits = 8) {
  if (digits < -16 || digits > 16) shim::critical("DoubleToString: digits from -16 to 16");
  char buffer[400];
  std::snprintf(buffer, sizeof buffer, digits >= 0 ? "%.*f" : "%.*e", std::abs(digits), value);
  return string(buffer);
}

inline double NormalizeDouble(double value, int digits) {
  if (digits < 0 || digits > 8 || !std::isfinite(value)) return value;
  const double factor = std::pow(10.0, digits);
  const double scaled = std::fabs(value) * factor;
  if (scaled > 9e15) return value;
  return std::copysign(std::floor(scaled + 0.5 + scaled * 1e-15) / factor, value);
}

// ---- arithmetic

inline double MathAbs(double value) { return std::fabs(value); }
inline int MathAbs(int value) { return value < 0 ? -value : value; }
inline long MathAbs(long value) { return value < 0 ? -value : value; }
inline double MathFloor(double value) { return std::floor(value); }
inline double MathCeil(double value) { return std::ceil(value); }
inline double MathRound(double value) { return std::round(value); }
inline double MathPow(double base, double exponent) { return std::pow(base, exponent); }
inline double MathSqrt(double value) { return std::sqrt(value); }
inline double MathLog(double value) { return std::log(value); }
inline double MathLog10(double value) { return std::log10(value); }
inline double MathExp(double value) { return std::exp(value); }
inline double MathMod(double value, double divisor) { return std::fmod(value, divisor); }
template <class T> T MathMax(T one, T other) { return one > other ? one : other; }
template <class T> T MathMin(T one, T other) { return one < other ? one : other; }
inline bool MathIsValidNumber(double value) { return std::isfinite(value); }

/** 0 to 32767; always the same row until MathSrand is called. */
inline uint &shimRandom() {
  static uint state = 1;
  return state;
}
inline int MathRand() {
  shimRandom() = shimRandom() * 214013u + 2531011u;
  return static_cast<int>((shimRandom() >> 16) & 0x7FFF);
}
inline void MathSrand(int seed) { shimRandom() = static_cast<uint>(seed); }

// ---- formats

namespace shim {

/** One argument of Print or StringFormat. */
struct Argument {
  enum Kind { Int, Long, Ulong, Double, Text, Bool } kind = Int;
  long number = 0;
  double real = 0;
  std::string text;

  template <class T> Argument(const T &value) {
    if constexpr (std::is_same_v<T, string>) kind = Text, text = value.utf8();
    else if constexpr (std::is_same_v<T, bool>) kind = Bool, number = value;
    else if constexpr (std::is_floating_point_v<T>) kind = Double, real = value;
    else if constexpr (std::is_enum_v<T>) kind = Int, number = static_cast<long>(value);
    else {
      static_assert(std::is_integral_v<T>, "Print and StringFormat take numbers, bools and strings");
      kind = sizeof(T) < 8 ? Int : std::is_unsigned_v<T> ? Ulong : Long;
      number = static_cast<long>(value);
    }
  }
  std::string plain() const {
    char buffer[64];
    switch (kind) {
    case Text: return text;
    case Bool: return number ? "true" : "false";
    case Ulong: return std::to_string(static_cast<ulong>(number));
    case Double: std::snprintf(buffer, sizeof buffer, "%.16g", real); return buffer;
    default: return std::to_string(number);
    }
  }
};

/** A specification that doesn't fit its argument ends the program: MQL5 prints rubbish, as %d does with a ticket above 2^31. */
inline std::string format(const string &pattern, const std::vector<Argument> &arguments) {
  const std::string text = pattern.utf8();
  std::string out;
  size_t next = 0;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (i + 1 < text.size() && text[i + 1] == '%') {
      out += '%';
      i++;
      continue;
    }
    std::string spec = "%";
    size_t at = i + 1;
    while (at < text.size() && std::strchr("-+ #0123456789.*", text[at])) spec += text[at++];
    bool isWide = false;
    for (const char *size : {"I64", "ll", "I32", "l", "h"})
      if (text.compare(at, std::strlen(size), size) == 0) {
        isWide = std::strcmp(size, "I64") == 0 || std::strcmp(size, "ll") == 0;
        at += std::strlen(size);
        break;
      }
    if (at >= text.size() || spec.find('*') != std::string::npos) critical("StringFormat: a specification without an end, or with *: " + text);
    if (next >= arguments.size()) critical("StringFormat: too few arguments for " + text);
    const Argument &argument = arguments[next++];
    const char type = text[at];
    i = at;
    char buffer[600];
    if (type == 's') {
      std::string shown = argument.plain();
      const size_t dot = spec.find('.');
      if (argument.kind == Argument::Text || dot == std::string::npos) std::snprintf(buffer, sizeof buffer, (spec + "s").c_str(), shown.c_str());
      else critical("StringFormat: %.s of a number");
      out += spec == "%" ? shown : std::string(buffer);
      continue;
    }
    if (std::strchr("eEfgGaA", type)) {
      if (argument.kind != Argument::Double) critical("StringFormat: %" + std::string(1, type) + " needs a double: " + text);
      std::snprintf(buffer, sizeof buffer, (spec + type).c_str(), argument.real);
    } else if (std::strchr("diouxXcC", type)) {
      if (argument.kind == Argument::Double || argument.kind == Argument::Text) critical("StringFormat: %" + std::string(1, type) + " needs an integer: " + text);
      const bool is64 = argument.kind == Argument::Long || argument.kind == Argument::Ulong;
      if (is64 != isWide) critical(std::string("StringFormat: ") + (is64 ? "%I64 is needed for 64 bits: " : "%I64 of 32 bits: ") + text);
      if (std::strchr("diouxX", type) && is64) std::snprintf(buffer, sizeof buffer, (spec + "l" + type).c_str(), argument.number);
      else if (std::strchr("diouxX", type)) std::snprintf(buffer, sizeof buffer, (spec + type).c_str(), static_cast<int>(argument.number));
      else std::snprintf(buffer, sizeof buffer, "%c", static_cast<char>(argument.number));
    } else critical("StringFormat: unknown specification %" + std::string(1, type));
    out += buffer;
  }
  if (next != arguments.size()) critical("StringFormat: too many arguments for " + text);
  return out;
}

inline void writeLine(const std::string &text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fputc('\n', stdout);
  std::fflush(stdout);
}

inline std::string oneLine(std::string text) {
  for (size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at)) text.replace(at, 1, "\\n");
  return text;
}

} // namespace shim

template <class... A> string StringFormat(const string &pattern, const A &...arguments) {
  return string(shim::format(pattern, std::vector<shim::Argument>{shim::Argument(arguments)...}));
}

/** A line on standard output. */
template <class... A> void Print(const A &...arguments) {
  std::string line;
  for (const shim::Argument &each : std::vector<shim::Argument>{shim::Argument(arguments)...}) line += each.plain();
  shim::writeLine(line);
}
template <class... A> void PrintFormat(const string &pattern, const A &...arguments) {
  shim::writeLine(shim::format(pattern, std::vector<shim::Argument>{shim::Argument(arguments)...}));
}
/** The chart's comment: a line "[comment] …" whenever it changes, its line breaks as \n. */
template <class... A> void Comment(const A &...arguments) {
  static std::string shown;
  std::string text;
  for (const shim::Argument &each : std::vector<shim::Argument>{shim::Argument(arguments)...}) text += each.plain();
  if (text == shown) return;
  shown = text;
  shim::writeLine("[comment] " + shim::oneLine(text));
}
template <class... A> void Alert(const A &...arguments) {
  std::string text = "[alert] ";
  for (const shim::Argument &each : std::vector<shim::Argument>{shim::Argument(arguments)...}) text += each.plain();
  shim::writeLine(text);
}
