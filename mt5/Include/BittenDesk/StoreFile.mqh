//+------------------------------------------------------------------+
//| StoreFile.mqh - the file of a store: records one behind another. |
//|                                                                  |
//| Load reads as far as records are whole and fit each other. What  |
//| is behind the last of them is the rest: a write that was cut off.|
//|                                                                  |
//| Append writes behind the last record, flushes, and reads back    |
//| what it has written: only then is a record taken for written.    |
//| Where it fails, the next record is written over what is left of  |
//| the failed one, padded so that nothing of it stands out behind.  |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_STOREFILE_MQH
#define BITTENDESK_STOREFILE_MQH

#include <BittenDesk/StoreRecord.mqh>

#define STORE_FILE_ERROR_FIRST  5001   // error codes of MQL5's file functions
#define STORE_FILE_ERROR_LAST   5050

//--- where a record of the caller stands
struct StoreEntry
  {
   long              place;      // in the file, bytes
   StoreRecord       record;
   uint              before;     // checksum of the line before
   bool              keep;       // stays however old it is
  };

class CStoreFile
  {
private:
   CCrc32            m_crc32;
   int               m_handle;
   string            m_name;
   int               m_error;      // of the last call that failed
   long              m_end;        // place behind the last record
   uint              m_crc;        // checksum of the last record
   long              m_last;       // sequence of the last record
   uint              m_lastKind;
   bool              m_hasSeal;    // each file has one: without it the end is missing
   bool              m_hasRest;    // something may stand behind m_end
   bool              m_isTorn;     // the last record but a seal is a tear
   string            m_header;     // payload of the header; empty where there is none
   long              m_tearMs;     // time of the last tear, or 0
   StoreEntry        m_entries[];  // the caller's records
   int               m_count;
   uchar             m_line[];
   uchar             m_check[];

   bool              Failed(void)
     {
      m_error = GetLastError();
      return(false);
     }

   //--- reads count bytes behind those that were read last, to a place of m_line
   bool              ReadNext(const int place, const int count)
     {
      ArrayResize(m_line, place + count, STORE_MAX_PAYLOAD);
      ResetLastError();
      if(FileReadArray(m_handle, m_line, place, count) == (uint)count)
         return(true);
      return(Failed());
     }

   //--- whether a record may follow the last one: the header is the first and only the first, sequences never fall
   bool              MayFollow(const StoreRecord &record) const
     {
      const bool isFirst = m_end == 0;
      if((record.kind == STORE_KIND_HEADER) != isFirst)
         return(false);
      if(record.kind >= 1 && record.kind <= STORE_MAX_KIND)
         return(record.sequence > m_last);
      return(isFirst || record.sequence >= m_last);
     }

   void              Note(const StoreRecord &record, const uchar &payload[], const int start)
     {
      if(record.kind == STORE_KIND_HEADER)
         m_header = Utf8Text(payload, start, record.length);
      if(record.kind == STORE_KIND_TEAR)
         m_tearMs = record.timeMs;
      if(record.kind == STORE_KIND_SEAL)
         m_hasSeal = true;
      else
         m_isTorn = record.kind == STORE_KIND_TEAR;
      if(record.kind <= STORE_MAX_KIND)
        {
         ArrayResize(m_entries, m_count + 1, 1024);
         m_entries[m_count].place = m_end;
         m_entries[m_count].record = record;
         m_entries[m_count].before = m_crc;
         m_entries[m_count].keep = false;
         m_count++;
        }
      m_end += StoreLineSize(record);
      m_crc = record.crc;
      m_last = record.sequence;
      m_lastKind = record.kind;
     }

   //--- reads one record; false: there is none, or it is not whole. failed: the file can't be read
   bool              TakeRecord(const long fileSize, bool &failed)
     {
      StoreRecord record;
      if(fileSize - m_end <= STORE_HEAD_SIZE)
         return(false);
      failed = !ReadNext(0, STORE_HEAD_SIZE);
      if(failed || !StoreReadHead(m_line, record))
         return(false);
      const int size = StoreLineSize(record);
      if(m_end + size > fileSize || !MayFollow(record))
         return(false);
      failed = !ReadNext(STORE_HEAD_SIZE, size - STORE_HEAD_SIZE);
      if(failed || m_line[size - 1] != '\n' || StoreCrc(m_crc32, m_crc, m_line, size) != record.crc)
         return(false);
      Note(record, m_line, STORE_HEAD_SIZE);
      return(true);
     }

   //--- whether the bytes of a line stand in the file at m_end
   bool              IsWritten(const uchar &line[], const int size)
     {
      ArrayResize(m_check, size, STORE_MAX_PAYLOAD);
      if(!FileSeek(m_handle, m_end, SEEK_SET) || FileReadArray(m_handle, m_check, 0, size) != (uint)size)
         return(false);
      return(ArrayCompare(m_check, line, 0, 0, size) == 0);
     }

   //--- true where FileFlush has left no error of a file
   bool              Flush(void)
     {
      ResetLastError();
      FileFlush(m_handle);
      const int error = GetLastError();
      return(error < STORE_FILE_ERROR_FIRST || error > STORE_FILE_ERROR_LAST || Failed());
     }

   bool              WriteLine(const uchar &line[], const int size)
     {
      ResetLastError();
      if(!FileSeek(m_handle, m_end, SEEK_SET) || FileWriteArray(m_handle, line, 0, size) != (uint)size)
         return(Failed());
      return(true);
     }

   //--- makes what a failed write has left unreadable, as far as the disk lets us
   void              Spoil(void)
     {
      uchar blank[4];
      ArrayFill(blank, 0, 4, '?');
      m_hasRest = true;
      if(FileSeek(m_handle, m_end, SEEK_SET))
         FileWriteArray(m_handle, blank, 0, 4);
      FileFlush(m_handle);
     }

   //--- padding that covers what is left behind the last record
   int               Padding(const int size) const
     {
      if(!m_hasRest)
         return(0);
      const long rest = (long)FileSize(m_handle) - m_end;
      return(rest > size ? (int)(rest - size) : 0);
     }

public:
                     CStoreFile(void)
     {
      m_handle = INVALID_HANDLE;
      m_name = "";
      Forget();
     }

                    ~CStoreFile(void)
     {
      Close();
     }

   void              Forget(void)
     {
      m_error = 0;
      m_end = 0;
      m_crc = 0;
      m_last = 0;
      m_lastKind = 0;
      m_hasSeal = false;
      m_hasRest = false;
      m_isTorn = false;
      m_header = "";
      m_tearMs = 0;
      m_count = 0;
      ArrayResize(m_entries, 0);
     }

   void              Close(void)
     {
      if(m_handle != INVALID_HANDLE)
         FileClose(m_handle);
      m_handle = INVALID_HANDLE;
     }

   //--- opens the file, or makes an empty one; others may read it meanwhile, but not write to it
   bool              Open(const string name)
     {
      Close();
      Forget();
      m_name = name;
      ResetLastError();
      m_handle = FileOpen(name, FILE_READ | FILE_WRITE | FILE_BIN | FILE_COMMON | FILE_SHARE_READ);
      return(m_handle != INVALID_HANDLE || Failed());
     }

   //--- reads all records that are whole; false: the file can't be read
   bool              Load(void)
     {
      Forget();
      ResetLastError();
      const long size = (long)FileSize(m_handle);
      if(!FileSeek(m_handle, 0, SEEK_SET))
         return(Failed());
      bool failed = false;
      while(TakeRecord(size, failed))
         continue;
      m_hasRest = m_end < size;
      return(!failed);
     }

   //--- writes a record behind the last one without making sure of it: Flushed does that for all
   bool              Put(const uint kind, const long sequence, const long timeMs, const uchar &payload[], const int size)
     {
      StoreRecord record;
      record.kind = kind;
      record.sequence = sequence;
      record.timeMs = timeMs;
      record.length = size;
      record.padding = 0;
      StoreMakeLine(m_crc32, m_crc, record, payload, m_line);
      if(!WriteLine(m_line, StoreLineSize(record)))
         return(false);
      Note(record, payload, 0);
      return(true);
     }

   bool              Flushed(void)
     {
      return(Flush());
     }

   //--- writes a record of the caller behind the last one and makes sure of it
   bool              Append(const uint kind, const long timeMs, const uchar &payload[], const int size)
     {
      StoreRecord record;
      record.kind = kind;
      record.sequence = m_last + 1;
      record.timeMs = timeMs;
      record.length = size;
      record.padding = 0;
      record.padding = Padding(StoreLineSize(record));
      StoreMakeLine(m_crc32, m_crc, record, payload, m_line);
      const int lineSize = StoreLineSize(record);
      if(!WriteLine(m_line, lineSize) || !Flush() || !IsWritten(m_line, lineSize))
        {
         Spoil();
         return(false);
        }
      m_hasRest = false;
      Note(record, payload, 0);
      return(true);
     }

   //--- the payload of a record of the caller; false: it can't be read, or is not what it was
   bool              Read(const int index, uchar &payload[])
     {
      StoreEntry entry = m_entries[index];
      const int size = StoreLineSize(entry.record);
      if(!FileSeek(m_handle, entry.place, SEEK_SET) || !ReadNext(0, size) || StoreCrc(m_crc32, entry.before, m_line, size) != entry.record.crc)
         return(Failed());
      ArrayResize(payload, entry.record.length);
      if(entry.record.length > 0)
         ArrayCopy(payload, m_line, 0, STORE_HEAD_SIZE, entry.record.length);
      return(true);
     }

   bool              IsOpen(void) const
     {
      return(m_handle != INVALID_HANDLE);
     }

   int               Error(void) const
     {
      return(m_error);
     }

   string            Header(void) const
     {
      return(m_header);
     }

   bool              HasRest(void) const
     {
      return(m_hasRest);
     }

   //--- whether it is open, has a header and a seal, and ends with a whole record
   bool              IsWhole(void) const
     {
      return(IsOpen() && StringLen(m_header) > 0 && m_hasSeal && !m_hasRest);
     }

   //--- whether nothing stands behind the seal
   bool              IsSealed(void) const
     {
      return(m_lastKind == STORE_KIND_SEAL && !m_hasRest);
     }

   bool              IsTorn(void) const
     {
      return(m_isTorn);
     }

   long              TearMs(void) const
     {
      return(m_tearMs);
     }

   long              Last(void) const
     {
      return(m_last);
     }

   long              Size(void) const
     {
      return(m_end);
     }

   int               Count(void) const
     {
      return(m_count);
     }

   uint              Kind(const int index) const
     {
      return(m_entries[index].record.kind);
     }

   long              TimeMs(const int index) const
     {
      return(m_entries[index].record.timeMs);
     }

   long              Sequence(const int index) const
     {
      return(m_entries[index].record.sequence);
     }

   bool              IsKept(const int index) const
     {
      return(m_entries[index].keep);
     }

   void              Keep(const int index, const bool keep)
     {
      m_entries[index].keep = keep;
     }
  };

#endif
//+------------------------------------------------------------------+
