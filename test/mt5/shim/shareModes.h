// Windows' share modes between processes, as locks on bytes far behind a file's end: they vanish with a process that is killed.
#pragma once
#include "base.h"
#include <fcntl.h>

namespace shim {

enum class ShareByte { reads, writes, deniesReading, deniesWriting, mutex };

inline struct flock shareLock(ShareByte byte, short type) {
  struct flock lock{};
  lock.l_type = type;
  lock.l_whence = 0;
  lock.l_start = (1L << 61) + static_cast<long>(byte);
  lock.l_len = 1;
  return lock;
}

/** Whether another open file has a lock on the byte. */
inline bool isHeld(int fd, ShareByte byte) {
  struct flock lock = shareLock(byte, F_WRLCK);
  return ::fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

inline void hold(int fd, ShareByte byte) {
  struct flock lock = shareLock(byte, F_RDLCK);
  if (::fcntl(fd, F_OFD_SETLK, &lock) != 0) critical("a share mode can't be locked");
}

/** Claims a file that is open for reading and writing; false where another's access or share mode stands against it. */
inline bool claim(int fd, bool reads, bool writes, bool sharesReading, bool sharesWriting) {
  struct flock mutex = shareLock(ShareByte::mutex, F_WRLCK);
  while (::fcntl(fd, F_OFD_SETLKW, &mutex) != 0)
    if (errno != EINTR) critical("a share mode can't be locked");
  const bool isFree = !(reads && isHeld(fd, ShareByte::deniesReading)) && !(writes && isHeld(fd, ShareByte::deniesWriting)) &&
                      !(!sharesReading && isHeld(fd, ShareByte::reads)) && !(!sharesWriting && isHeld(fd, ShareByte::writes));
  if (isFree) {
    if (reads) hold(fd, ShareByte::reads);
    if (writes) hold(fd, ShareByte::writes);
    if (!sharesReading) hold(fd, ShareByte::deniesReading);
    if (!sharesWriting) hold(fd, ShareByte::deniesWriting);
  }
  mutex.l_type = F_UNLCK;
  ::fcntl(fd, F_OFD_SETLK, &mutex);
  return isFree;
}

/** Whether anyone has the file open: it can then be neither deleted nor moved. */
inline bool isOpenAnywhere(const std::string &path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (fd < 0) return false;
  const bool isOpen = isHeld(fd, ShareByte::reads) || isHeld(fd, ShareByte::writes);
  ::close(fd);
  return isOpen;
}

} // namespace shim
