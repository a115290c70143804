// The control file CONTROL: a test appends lines to it, this process carries each out once, between two events, and writes
// after each how many it has carried out to CONTROL + ".done".
//   set NAME value · input NAME value · event chartchange|parameters|account|template|remove|chartclose|close|init
// Other headers add words of their own.
#pragma once
#include "inputs.h"
#include <sys/stat.h>

namespace shim {

using Words = std::vector<std::string>;
/** What a line's first word does. */
inline std::map<std::string, std::function<void(const Words &)>> &controlWords() {
  static auto &all = *new std::map<std::string, std::function<void(const Words &)>>;
  return all;
}

inline Words wordsOf(const std::string &line) {
  Words words;
  for (size_t at = 0; at < line.size();) {
    const size_t end = std::min(line.find(' ', at), line.size());
    if (end > at) words.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

inline void carryOut(const std::string &line) {
  const Words words = wordsOf(line);
  if (words.empty()) return;
  const size_t value = words.size() > 2 ? line.find(words[2], words[0].size() + words[1].size() + 2) : line.size();
  if (words[0] == "set" && words.size() >= 2) setSwitch(words[1], line.substr(value));
  else if (words[0] == "input" && words.size() >= 2) inputsSet()[words[1]] = line.substr(value);
  else if (controlWords().count(words[0])) controlWords()[words[0]](words);
  else critical("unknown line in the control file: " + line);
}

/** Carries out what has been added to the control file since the last look. */
inline void readControl() {
  static const std::string path = textSwitch("CONTROL");
  static long position = 0;
  static long lines = 0;
  static std::string rest;
  if (path.empty()) return;
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0 || status.st_size == position) return;
  std::FILE *file = std::fopen(path.c_str(), "r");
  if (!file) return;
  std::fseek(file, position, 0);
  char part[4096];
  for (size_t n = std::fread(part, 1, sizeof part, file); n > 0; n = std::fread(part, 1, sizeof part, file)) {
    rest.append(part, n);
    position += static_cast<long>(n);
  }
  std::fclose(file);
  for (size_t end = rest.find('\n'); end != std::string::npos; end = rest.find('\n')) {
    const std::string line = rest.substr(0, end);
    rest.erase(0, end + 1);
    carryOut(line);
    lines++;
    std::FILE *done = std::fopen((path + ".done.tmp").c_str(), "w");
    if (!done) critical("the control file's answer can't be written");
    std::fprintf(done, "%ld\n", lines);
    std::fclose(done);
    std::rename((path + ".done.tmp").c_str(), (path + ".done").c_str());
  }
}

} // namespace shim
