// Files of the sandbox: FILES is MQL5\Files of this terminal, COMMON the folder that all terminals share. Binary files only.
// What was written is on the disk after FileFlush or FileClose, or where the buffer of 4,096 bytes was full. Switches:
//   FILE_DISK_FULL=n    n more bytes reach the disk
//   FILE_TORN_AT=n      the process is killed once n more bytes have reached the disk
//   FILE_WRITE_FAILS=1  FileWrite… gives 0
//   FILE_FLUSH_FAILS=1  FileFlush leaves the bytes in the buffer and sets the last error
//   FILE_MOVE_COPIES=1  FileMove copies the bytes and deletes the source then, as the reference lets it; without it the file is renamed
//   FILE_MOVE_FAILS=1   FileMove does nothing, as where another program has the file open
#pragma once
#include "clock.h"
#include "shareModes.h"
#include <sys/stat.h>

#undef SEEK_SET
#undef SEEK_CUR
#undef SEEK_END
enum ENUM_FILE_POSITION { SEEK_SET = 0, SEEK_CUR = 1, SEEK_END = 2 };
enum {
  FILE_READ = 1, FILE_WRITE = 2, FILE_BIN = 4, FILE_CSV = 8, FILE_TXT = 16, FILE_ANSI = 32, FILE_UNICODE = 64,
  FILE_SHARE_READ = 128, FILE_SHARE_WRITE = 256, FILE_REWRITE = 512, FILE_COMMON = 4096
};
enum { CHAR_VALUE = 1, SHORT_VALUE = 2, INT_VALUE = 4 };
enum {
  ERR_TOO_MANY_FILES = 5001, ERR_WRONG_FILENAME = 5002, ERR_CANNOT_OPEN_FILE = 5004, ERR_CANNOT_DELETE_FILE = 5006, ERR_WRONG_FILEHANDLE = 5008,
  ERR_FILE_NOTTOWRITE = 5009, ERR_FILE_NOTTOREAD = 5010, ERR_FILE_READERROR = 5015, ERR_FILE_NOT_EXIST = 5019, ERR_FILE_CANNOT_REWRITE = 5020,
  ERR_DIRECTORY_NOT_EXIST = 5022, ERR_FILE_WRITEERROR = 5026
};

namespace shim {

struct File {
  int fd = -1;
  bool reads = false;
  bool writes = false;
  long position = 0;
  long bufferedAt = 0;
  std::string buffer; // written, not yet on the disk
};

inline std::map<int, File> &files() {
  static auto &all = *new std::map<int, File>;
  return all;
}

inline File *fileOf(int handle) {
  const auto found = files().find(handle);
  if (found != files().end()) return &found->second;
  fail(ERR_WRONG_FILEHANDLE);
  return nullptr;
}

/** The path in the sandbox, or nothing where the name leads out of it. */
inline std::string sandboxed(const string &name, bool common) {
  std::string path = name.utf8();
  std::replace(path.begin(), path.end(), '\\', '/');
  const bool isWrong = path.empty() || path.size() > 255 || path[0] == '/' || path.find("..") != std::string::npos || path.find_first_of(":*?\"<>|") != std::string::npos;
  if (isWrong) {
    fail(ERR_WRONG_FILENAME);
    return "";
  }
  const std::string folder = textSwitch(common ? "COMMON" : "FILES");
  if (folder.empty()) critical(common ? "a file of FILE_COMMON, but MQL_COMMON names no folder" : "a file, but MQL_FILES names no folder");
  return folder + "/" + path;
}

inline void makeFolders(const std::string &path) {
  for (size_t at = path.find('/', 1); at != std::string::npos; at = path.find('/', at + 1)) ::mkdir(path.substr(0, at).c_str(), 0777);
}

/** How many of these bytes the disk takes; −1 for all that come. A switch is read anew when it was set anew. */
struct Allowance {
  const char *name;
  long left = -1;
  ulong version = 0;
  std::string given = "";
  long take(long wanted) {
    if (version != switchVersion()) {
      version = switchVersion();
      const std::string now = textSwitch(name);
      if (now != given) {
        given = now;
        left = now.empty() ? -1 : std::strtol(now.c_str(), nullptr, 10);
      }
    }
    if (left < 0) return wanted;
    const long taken = std::min(left, wanted);
    left -= taken;
    return taken;
  }
};

/** Writes the buffer to the disk; false where not all of it got there. What did stays there. */
inline bool writeOut(File &file) {
  static auto &room = *new Allowance{"FILE_DISK_FULL"};
  static auto &life = *new Allowance{"FILE_TORN_AT"};
  if (file.buffer.empty()) return true;
  const long size = static_cast<long>(file.buffer.size());
  const long fits = room.take(size);
  const long lives = life.take(fits);
  const ssize_t written = ::pwrite(file.fd, file.buffer.data(), static_cast<size_t>(lives), file.bufferedAt);
  if (lives < fits || life.left == 0) die();
  file.buffer.clear();
  return written == size;
}

/** Number of bytes taken; fewer where the disk is full. */
inline uint put(int handle, const void *bytes, size_t size) {
  File *file = fileOf(handle);
  if (!file) return 0;
  static auto &fails = *new CachedSwitch("FILE_WRITE_FAILS");
  if (!file->writes || fails.value()) {
    fail(file->writes ? ERR_FILE_WRITEERROR : ERR_FILE_NOTTOWRITE);
    return 0;
  }
  if (file->position != file->bufferedAt + static_cast<long>(file->buffer.size()) && !writeOut(*file)) {
    fail(ERR_FILE_WRITEERROR);
    return 0;
  }
  if (file->buffer.empty()) file->bufferedAt = file->position;
  file->buffer.append(static_cast<const char *>(bytes), size);
  file->position += static_cast<long>(size);
  if (file->buffer.size() > 4096 && !writeOut(*file)) {
    fail(ERR_FILE_WRITEERROR);
    return 0;
  }
  return static_cast<uint>(size);
}

/** Number of bytes read. */
inline size_t get(int handle, void *bytes, size_t size) {
  File *file = fileOf(handle);
  if (!file) return 0;
  if (!file->reads) {
    fail(ERR_FILE_NOTTOREAD);
    return 0;
  }
  writeOut(*file);
  const ssize_t read = ::pread(file->fd, bytes, size, file->position);
  if (read < static_cast<ssize_t>(size)) fail(ERR_FILE_READERROR);
  if (read < 0) return 0;
  file->position += read;
  return static_cast<size_t>(read);
}

inline long sizeOf(const File &file) {
  struct stat status{};
  ::fstat(file.fd, &status);
  return std::max(status.st_size, file.buffer.empty() ? 0L : file.bufferedAt + static_cast<long>(file.buffer.size()));
}

} // namespace shim

inline int FileOpen(const string name, int flags, ushort delimiter = '\t', uint page = CP_ACP) {
  MQL_CALL(FileOpen);
  (void)delimiter, (void)page;
  if (!(flags & FILE_BIN)) shim::critical("FileOpen: only FILE_BIN is there; without it a file is text and its line ends change");
  const std::string path = shim::sandboxed(name, flags & FILE_COMMON);
  if (path.empty()) return INVALID_HANDLE;
  if (shim::files().size() >= 64) {
    shim::fail(ERR_TOO_MANY_FILES);
    return INVALID_HANDLE;
  }
  const bool reads = flags & FILE_READ, writes = flags & FILE_WRITE;
  if (!reads && !writes) shim::critical("FileOpen needs FILE_READ or FILE_WRITE");
  struct stat status{};
  const bool isThere = ::stat(path.c_str(), &status) == 0;
  if (!writes && !isThere) {
    shim::fail(ERR_FILE_NOT_EXIST);
    return INVALID_HANDLE;
  }
  shim::makeFolders(path);
  const int fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC | (writes ? O_CREAT : 0), 0666);
  if (fd < 0 || !shim::claim(fd, reads, writes, flags & FILE_SHARE_READ, flags & FILE_SHARE_WRITE)) {
    if (fd >= 0) ::close(fd);
    shim::fail(ERR_CANNOT_OPEN_FILE);
    return INVALID_HANDLE;
  }
  if (writes && !reads && ::ftruncate(fd, 0) != 0) shim::critical("a file can't be emptied");
  static int next = 1;
  shim::File file;
  file.fd = fd;
  file.reads = reads;
  file.writes = writes;
  shim::files()[next] = file;
  return next++;
}

inline void FileClose(int handle) {
  MQL_CALL(FileClose);
  shim::File *file = shim::fileOf(handle);
  if (!file) return;
  if (!shim::writeOut(*file)) shim::fail(ERR_FILE_WRITEERROR);
  ::close(file->fd);
  shim::files().erase(handle);
}

inline void FileFlush(int handle) {
  MQL_CALL(FileFlush);
  shim::File *file = shim::fileOf(handle);
  if (!file) return;
  if (shim::numberSwitch("FILE_FLUSH_FAILS")) shim::fail(ERR_FILE_WRITEERROR);
  else if (!shim::writeOut(*file)) shim::fail(ERR_FILE_WRITEERROR);
}

inline bool FileSeek(int handle, long offset, ENUM_FILE_POSITION origin) {
  shim::File *file = shim::fileOf(handle);
  if (!file) return false;
  const long target = offset + (origin == SEEK_SET ? 0 : origin == SEEK_CUR ? file->position : shim::sizeOf(*file));
  if (target < 0) return shim::fail(4003);
  file->position = target;
  return true;
}
inline ulong FileTell(int handle) {
  const shim::File *file = shim::fileOf(handle);
  return file ? static_cast<ulong>(file->position) : 0;
}
inline ulong FileSize(int handle) {
  const shim::File *file = shim::fileOf(handle);
  return file ? static_cast<ulong>(shim::sizeOf(*file)) : 0;
}
inline bool FileIsEnding(int handle) {
  const shim::File *file = shim::fileOf(handle);
  return !file || file->position >= shim::sizeOf(*file);
}

/** Number of elements written. */
template <class T> uint FileWriteArray(int handle, const shim::Array<T> &array, int start = 0, int count = WHOLE_ARRAY) {
  MQL_CALL(FileWriteArray);
  static_assert(std::is_trivially_copyable_v<T>, "FileWriteArray takes no strings");
  const int size = shim::rangeOf(array.size(), start, count, "FileWriteArray");
  return size == 0 ? 0 : shim::put(handle, array.data() + start, static_cast<size_t>(size) * sizeof(T)) / static_cast<uint>(sizeof(T));
}

/** Number of elements read; the array grows and does not shrink. */
template <class T> uint FileReadArray(int handle, shim::Array<T> &array, int start = 0, int count = WHOLE_ARRAY) {
  MQL_CALL(FileReadArray);
  static_assert(std::is_trivially_copyable_v<T>, "FileReadArray takes no strings");
  const shim::File *file = shim::fileOf(handle);
  if (!file) return 0;
  const long left = std::max(0L, (shim::sizeOf(*file) - file->position) / static_cast<long>(sizeof(T)));
  const int size = static_cast<int>(count < 0 ? left : std::min<long>(left, count));
  if (start + size > array.size()) {
    if (array.fixed()) shim::critical("FileReadArray beyond the end of a static array");
    array.grow(start + size, 0);
  }
  return size == 0 ? 0 : static_cast<uint>(shim::get(handle, array.data() + start, static_cast<size_t>(size) * sizeof(T)) / sizeof(T));
}

#define MQL_FILE_NUMBER(Name, type)                  \
  inline uint FileWrite##Name(int handle, type value) { \
    MQL_CALL(FileWrite##Name);                       \
    return shim::put(handle, &value, sizeof value);  \
  }                                                  \
  inline type FileRead##Name(int handle) {           \
    type value = 0;                                  \
    shim::get(handle, &value, sizeof value);         \
    return value;                                    \
  }
MQL_FILE_NUMBER(Long, long)
MQL_FILE_NUMBER(Double, double)

inline uint FileWriteInteger(int handle, int value, int size = INT_VALUE) {
  MQL_CALL(FileWriteInteger);
  return shim::put(handle, &value, static_cast<size_t>(size));
}
inline int FileReadInteger(int handle, int size = INT_VALUE) {
  int value = 0;
  shim::get(handle, &value, static_cast<size_t>(size));
  return value;
}

inline bool FileIsExist(const string name, int commonFlag = 0) {
  struct stat status{};
  const std::string path = shim::sandboxed(name, commonFlag & FILE_COMMON);
  return !path.empty() && ::stat(path.c_str(), &status) == 0 && (S_ISREG(status.st_mode) || shim::fail(5018));
}
inline bool FileDelete(const string name, int commonFlag = 0) {
  MQL_CALL(FileDelete);
  const std::string path = shim::sandboxed(name, commonFlag & FILE_COMMON);
  if (path.empty()) return false;
  if (shim::isOpenAnywhere(path) || ::unlink(path.c_str()) != 0) return shim::fail(ERR_CANNOT_DELETE_FILE);
  return true;
}
namespace shim {
inline bool moveByCopy(const std::string &source, const std::string &target) {
  File copy;
  const int from = ::open(source.c_str(), O_RDONLY | O_CLOEXEC);
  copy.fd = ::open(target.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (from < 0 || copy.fd < 0) critical("a file can't be copied");
  char part[4096];
  for (ssize_t n = ::read(from, part, sizeof part); n > 0; n = ::read(from, part, sizeof part)) copy.buffer.append(part, static_cast<size_t>(n));
  const bool isWhole = writeOut(copy);
  ::close(from);
  ::close(copy.fd);
  return isWhole && ::unlink(source.c_str()) == 0;
}
} // namespace shim

/** A target that is there needs FILE_REWRITE; a file that is open can't be moved, nor be moved to. */
inline bool FileMove(const string from, int commonFlag, const string to, int flags) {
  MQL_CALL(FileMove);
  const std::string source = shim::sandboxed(from, commonFlag & FILE_COMMON), target = shim::sandboxed(to, flags & FILE_COMMON);
  if (source.empty() || target.empty()) return false;
  struct stat status{};
  if (::stat(source.c_str(), &status) != 0) return shim::fail(ERR_FILE_NOT_EXIST);
  if (::stat(target.c_str(), &status) == 0 && !(flags & FILE_REWRITE)) return shim::fail(ERR_FILE_CANNOT_REWRITE);
  if (shim::isOpenAnywhere(source) || shim::isOpenAnywhere(target) || shim::numberSwitch("FILE_MOVE_FAILS")) return shim::fail(ERR_CANNOT_OPEN_FILE);
  shim::makeFolders(target);
  if (shim::numberSwitch("FILE_MOVE_COPIES")) return shim::moveByCopy(source, target) || shim::fail(ERR_FILE_WRITEERROR);
  return ::rename(source.c_str(), target.c_str()) == 0 || shim::fail(ERR_CANNOT_OPEN_FILE);
}
inline bool FolderCreate(const string name, int commonFlag = 0) {
  const std::string path = shim::sandboxed(name, commonFlag & FILE_COMMON);
  if (path.empty()) return false;
  shim::makeFolders(path + "/");
  return true;
}
