//+------------------------------------------------------------------+
//| StoreLock.mqh - the file that keeps others out of a store, and   |
//| remembers how far the store had come.                            |
//|                                                                  |
//| It stays open for as long as the store is in use, and nobody else|
//| can open it to write: not another chart, not another terminal of |
//| this machine. Windows lets go of it when the terminal ends, also |
//| when it is killed.                                               |
//|                                                                  |
//| After each record the store's id and the record's sequence are   |
//| written here: the mark. A store that is behind its mark has lost |
//| records, though all that it has may be whole.                    |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_STORELOCK_MQH
#define BITTENDESK_STORELOCK_MQH

#include <BittenDesk/StoreRecord.mqh>

#define STORE_ID_SIZE    32   // characters of a store's id
#define STORE_MARK_SIZE  55   // id, space, sequence, space, checksum, space

class CStoreLock
  {
private:
   CCrc32            m_crc32;
   int               m_handle;
   bool              m_isInUse;
   int               m_error;
   string            m_id;         // of the mark; empty where there is none
   long              m_sequence;

   uint              MarkCrc(const uchar &mark[]) const
     {
      return(m_crc32.Of(mark, 0, STORE_ID_SIZE + 14, 0));
     }

   void              ReadMark(void)
     {
      uchar mark[];
      ArrayResize(mark, STORE_MARK_SIZE);
      if(FileSize(m_handle) < STORE_MARK_SIZE || FileReadArray(m_handle, mark, 0, STORE_MARK_SIZE) != STORE_MARK_SIZE)
         return;
      int place = STORE_ID_SIZE + 1;
      ulong sequence = 0;
      ulong crc = 0;
      if(!StoreTakeHex(mark, place, 12, sequence) || !StoreTakeHex(mark, place, 8, crc) || (uint)crc != MarkCrc(mark))
         return;
      m_id = Utf8Text(mark, 0, STORE_ID_SIZE);
      m_sequence = (long)sequence;
     }

public:
                     CStoreLock(void)
     {
      m_handle = INVALID_HANDLE;
      m_isInUse = false;
      m_error = 0;
      m_id = "";
      m_sequence = 0;
     }

                    ~CStoreLock(void)
     {
      Release();
     }

   //--- false: another program has it (IsInUse), or it can't be opened (Error)
   bool              Take(const string name)
     {
      Release();
      ResetLastError();
      m_handle = FileOpen(name, FILE_READ | FILE_WRITE | FILE_BIN | FILE_COMMON | FILE_SHARE_READ);
      m_error = GetLastError();
      if(m_handle == INVALID_HANDLE)
        {
         //--- who may read it but not write to it meets another's lock
         const int reader = FileOpen(name, FILE_READ | FILE_BIN | FILE_COMMON | FILE_SHARE_READ | FILE_SHARE_WRITE);
         m_isInUse = reader != INVALID_HANDLE;
         if(m_isInUse)
            FileClose(reader);
         return(false);
        }
      ReadMark();
      return(true);
     }

   void              Release(void)
     {
      if(m_handle != INVALID_HANDLE)
         FileClose(m_handle);
      m_handle = INVALID_HANDLE;
      m_isInUse = false;
      m_id = "";
      m_sequence = 0;
     }

   //--- a mark that can't be written is not an error: it is the second proof, the records are the first
   void              Mark(const string id, const long sequence)
     {
      uchar mark[];
      uchar idBytes[];
      ArrayResize(mark, STORE_MARK_SIZE);
      Utf8Bytes(id, idBytes);
      ArrayCopy(mark, idBytes, 0, 0, STORE_ID_SIZE);
      mark[STORE_ID_SIZE] = ' ';
      const int place = StorePutHex(mark, STORE_ID_SIZE + 1, (ulong)sequence, 12);
      StorePutHex(mark, place, MarkCrc(mark), 8);
      if(FileSeek(m_handle, 0, SEEK_SET))
         FileWriteArray(m_handle, mark, 0, STORE_MARK_SIZE);
      FileFlush(m_handle);
     }

   bool              IsInUse(void) const
     {
      return(m_isInUse);
     }

   int               Error(void) const
     {
      return(m_error);
     }

   string            MarkId(void) const
     {
      return(m_id);
     }

   long              MarkSequence(void) const
     {
      return(m_sequence);
     }
  };

#endif
//+------------------------------------------------------------------+
