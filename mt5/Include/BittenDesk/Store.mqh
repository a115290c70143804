//+------------------------------------------------------------------+
//| Store.mqh - records that outlive the terminal: a kind, a time    |
//| and a text each, written behind one another, never changed.      |
//|                                                                  |
//| A store belongs to one account and stands in the folder that all |
//| terminals of the machine share. One program has it at a time; a  |
//| second one is told "in use".                                     |
//|                                                                  |
//| Append gives true only for a record that was flushed and read    |
//| back. Of one that was refused nothing or all is left, no half.   |
//|                                                                  |
//| Open says in State what it has found. CompleteSinceMs says since |
//| when no record is missing: of what is older the store can't say  |
//| that it never was.                                               |
//|                                                                  |
//| Compact leaves out what is old, and never a record that has been |
//| marked by Keep. Indexes of records change by it.                 |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_STORE_MQH
#define BITTENDESK_STORE_MQH

#include <BittenDesk/StoreFile.mqh>
#include <BittenDesk/StoreLock.mqh>
#include <BittenDesk/StoreNames.mqh>

enum ENUM_STORE_STATE
  {
   STORE_CLOSED = 0,
   STORE_NEW    = 1,   // it has had no record yet
   STORE_INTACT = 2,   // all records are there that were written since CompleteSinceMs
   STORE_TORN   = 3    // the end was cut off or records are missing, and none has been written since
  };

class CStore
  {
private:
   CStoreLock        m_lock;
   CStoreFile        m_file;
   string            m_login;
   string            m_server;
   string            m_path;       // without its ending
   string            m_id;
   long              m_sinceMs;
   ENUM_STORE_STATE  m_state;
   string            m_error;

   //--- gives false, so that a caller can end with it
   bool              Fail(const string reason)
     {
      m_error = reason;
      return(false);
     }

   //--- the same for what leaves no store in use
   bool              FailClosed(const string reason)
     {
      Close();
      return(Fail(reason));
     }

   bool              FailFile(const string what, const int error)
     {
      return(Fail("The store " + m_path + " " + what + " (error " + IntegerToString(error) + "): look whether the disk is full and the file may be written."));
     }

   //--- reads the header of the file; false: it is of another version or account
   bool              TakeHeader(void)
     {
      const string fault = StoreReadHeader(m_file.Header(), m_login, m_server, m_id, m_sinceMs);
      if(m_file.TearMs() > m_sinceMs)
         m_sinceMs = m_file.TearMs();
      return(StringLen(fault) == 0 || Fail("The store " + m_path + fault));
     }

   bool              Exists(const string ending) const
     {
      return(FileIsExist(m_path + ending, FILE_COMMON));
     }

   bool              LoadFile(CStoreFile &file, const string ending)
     {
      if(!file.Open(m_path + ending))
         return(FailFile("can't be opened", file.Error()));
      if(!file.Load())
         return(FailFile("can't be read", file.Error()));
      return(true);
     }

   //--- puts a finished file in the place of the store; where that fails, the store is what it was
   bool              Replace(void)
     {
      m_file.Close();
      ResetLastError();
      const bool isMoved = FileMove(m_path + ".new", FILE_COMMON, m_path + ".store", FILE_COMMON | FILE_REWRITE);
      const int error = GetLastError();
      if(Exists(".store") && !LoadFile(m_file, ".store"))
         return(false);
      return(isMoved || FailFile("can't be replaced", error));
     }

   //--- copies the records that stay: those of the caller that are young or kept
   bool              CopyRecords(CStoreFile &target, const long cutMs)
     {
      uchar payload[];
      for(int i = 0; i < m_file.Count(); i++)
        {
         if(m_file.TimeMs(i) < cutMs && !m_file.IsKept(i))
            continue;
         if(!m_file.Read(i, payload))
            return(FailFile("can't be read", m_file.Error()));
         if(!target.Put(m_file.Kind(i), m_file.Sequence(i), m_file.TimeMs(i), payload, ArraySize(payload)))
            return(FailFile("can't be written anew", target.Error()));
        }
      return(true);
     }

   bool              PutText(CStoreFile &target, const uint kind, const long sequence, const long timeMs, const string text)
     {
      uchar payload[];
      const int size = Utf8Bytes(text, payload);
      return(target.Put(kind, sequence, timeMs, payload, size) || FailFile("can't be written anew", target.Error()));
     }

   //--- writes a file of all that stays, up to the seal, and makes sure that it is whole
   bool              WriteNew(const long last, const long nowMs, const bool tear, const long cutMs)
     {
      CStoreFile target;
      const long sinceMs = cutMs > m_sinceMs ? cutMs : m_sinceMs;
      if(Exists(".new"))
         FileDelete(m_path + ".new", FILE_COMMON);
      if(Exists(".new") || !target.Open(m_path + ".new"))
         return(FailFile("can't be written anew", GetLastError()));
      if(!PutText(target, STORE_KIND_HEADER, 0, nowMs, StoreHeader(m_id, sinceMs, m_login, m_server)) || !CopyRecords(target, cutMs))
         return(false);
      if(tear && !PutText(target, STORE_KIND_TEAR, last, nowMs, "records before this one may be missing"))
         return(false);
      if(!PutText(target, STORE_KIND_SEAL, last, nowMs, "all that stays stands before this one"))
         return(false);
      const int count = target.Count();
      if(!target.Flushed() || !target.Load() || !target.IsSealed() || target.Count() != count || target.Last() != last)
         return(FailFile("can't be written anew", target.Error()));
      return(true);
     }

   bool              Rewrite(const long last, const long nowMs, const bool tear, const long cutMs)
     {
      if(!WriteNew(last, nowMs, tear, cutMs))
        {
         FileDelete(m_path + ".new", FILE_COMMON);
         return(false);
        }
      if(Replace())
         return(TakeHeader());
      //--- moving may be copying: a copy that was cut off leaves the new file as the only whole one, for the next Open
      if(m_file.IsWhole() && m_file.Last() >= last)
         FileDelete(m_path + ".new", FILE_COMMON);
      else
         m_file.Close();
      return(false);
     }

   //--- a rewritten file that did not come into its place: whether it has what the store has not
   bool              IsNewBetter(const CStoreFile &other) const
     {
      if(!other.IsSealed() || StringLen(other.Header()) == 0)
         return(false);
      if(StringLen(m_file.Header()) == 0 || other.Last() > m_file.Last())
         return(true);
      return(other.Last() == m_file.Last() && m_file.HasRest());
     }

   //--- finishes or drops a rewriting that a kill has cut off
   bool              FinishRewriting(void)
     {
      if(!Exists(".new"))
         return(true);
      CStoreFile other;
      if(!LoadFile(other, ".new"))
         return(false);
      const bool isBetter = IsNewBetter(other);
      other.Close();
      if(isBetter)
         return(Replace());
      if(!FileDelete(m_path + ".new", FILE_COMMON))
         return(FailFile("has a leftover that can't be deleted", GetLastError()));
      return(true);
     }

   //--- a file without a readable header is kept aside, for a person to look at
   bool              PutAside(void)
     {
      m_file.Close();
      m_file.Forget();
      if(FileMove(m_path + ".store", FILE_COMMON, m_path + ".unreadable", FILE_COMMON | FILE_REWRITE))
         return(true);
      return(FailFile("can't be read, nor moved aside", GetLastError()));
     }

   bool              Begin(const long nowMs, const bool isTorn)
     {
      m_id = StoreNewId(m_login + " " + m_server, nowMs);
      m_sinceMs = nowMs;
      return(Rewrite(m_lock.MarkSequence(), nowMs, isTorn, 0));
     }

   //--- finds the store, or begins one; isTorn: records may be missing
   bool              Recover(const long nowMs, bool &isTorn)
     {
      isTorn = false;
      if(Exists(".store") && !LoadFile(m_file, ".store"))
         return(false);
      if(!FinishRewriting())
         return(false);
      if(!m_file.IsOpen())
        {
         isTorn = m_lock.MarkSequence() > 0;
         return(Begin(nowMs, isTorn));
        }
      if(StringLen(m_file.Header()) == 0)
        {
         isTorn = true;
         return(PutAside() && Begin(nowMs, true));
        }
      if(!TakeHeader())
         return(false);
      const bool isBehind = StringLen(m_lock.MarkId()) > 0 && (m_lock.MarkId() != m_id || m_lock.MarkSequence() > m_file.Last());
      isTorn = !m_file.IsWhole() || isBehind;
      if(isTorn)
         return(Rewrite(m_lock.MarkSequence() > m_file.Last() ? m_lock.MarkSequence() : m_file.Last(), nowMs, true, 0));
      isTorn = m_file.IsTorn();
      return(true);
     }

public:
                     CStore(void)
     {
      m_login = "";
      m_server = "";
      m_path = "";
      Close();
     }

   //--- opens the store of an account, or begins one; nowMs: UTC, milliseconds since 1970. False: Error says why.
   bool              Open(const string login, const string server, const long nowMs)
     {
      if(IsOpen() && login == m_login && server == m_server)
         return(true);
      Close();
      m_login = login;
      m_server = server;
      m_path = StorePath(login, server);
      const bool isTaken = m_lock.Take(m_path + ".lock");
      if(m_lock.IsInUse())
         return(Fail("The store of account " + login + " at " + server + " is in use by another chart or terminal: only one may trade the account."));
      if(!isTaken)
         return(FailFile("can't be locked", m_lock.Error()));
      bool isTorn = false;
      if(!Recover(nowMs, isTorn))
         return(FailClosed(m_error));
      m_lock.Mark(m_id, m_file.Last());
      m_state = isTorn ? STORE_TORN : STORE_INTACT;
      if(!isTorn && m_file.Last() == 0)
         m_state = STORE_NEW;
      return(true);
     }

   void              Close(void)
     {
      m_file.Close();
      m_file.Forget();
      m_lock.Release();
      m_id = "";
      m_sinceMs = 0;
      m_state = STORE_CLOSED;
      m_error = "";
     }

   bool              IsOpen(void) const
     {
      return(m_state != STORE_CLOSED);
     }

   //--- whether the last Open met another program's lock
   bool              IsInUse(void) const
     {
      return(m_lock.IsInUse());
     }

   //--- why the last call failed, in one sentence
   string            Error(void) const
     {
      return(m_error);
     }

   ENUM_STORE_STATE  State(void) const
     {
      return(m_state);
     }

   //--- new, intact or torn; empty where it is closed
   string            StateName(void) const
     {
      switch(m_state)
        {
         case STORE_NEW:
            return("new");
         case STORE_INTACT:
            return("intact");
         case STORE_TORN:
            return("torn");
         default:
            return("");
        }
     }

   //--- no record of this time or a later one is missing; UTC, milliseconds
   long              CompleteSinceMs(void) const
     {
      return(m_sinceMs);
     }

   //--- 32 characters that no other store has
   string            Id(void) const
     {
      return(m_id);
     }

   //--- the records, the oldest first: indexes 0 to Count - 1
   int               Count(void) const
     {
      return(m_file.Count());
     }

   uint              Kind(const int index) const
     {
      return(m_file.Kind(index));
     }

   long              TimeMs(const int index) const
     {
      return(m_file.TimeMs(index));
     }

   //--- false: it can't be read
   bool              Read(const int index, string &text)
     {
      uchar payload[];
      if(!m_file.Read(index, payload))
         return(FailFile("can't be read", m_file.Error()));
      text = Utf8Text(payload, 0, ArraySize(payload));
      return(true);
     }

   //--- writes a record, kind 1 to 65535, and makes sure of it; false: it is not to be relied on
   bool              Append(const uint kind, const long timeMs, const string text)
     {
      uchar payload[];
      const int size = Utf8Bytes(text, payload);
      if(!IsOpen())
         return(Fail("The store is not open."));
      if(kind < 1 || kind > STORE_MAX_KIND || timeMs < 0)
         return(Fail("A record needs a kind from 1 to 65535 and a time."));
      if(size > STORE_MAX_PAYLOAD)
         return(Fail("A record of " + IntegerToString(size) + " bytes is too long: the limit is " + IntegerToString(STORE_MAX_PAYLOAD) + "."));
      if(!m_file.Append(kind, timeMs, payload, size))
         return(FailFile("took no record", m_file.Error()));
      m_lock.Mark(m_id, m_file.Last());
      return(true);
     }

   //--- whether a record stays however old it is; until the next Compact or Open
   void              Keep(const int index, const bool keep)
     {
      m_file.Keep(index, keep);
     }

   //--- leaves out records that are older and not kept. False: the store is what it was, or closed: Open it again.
   bool              Compact(const long cutMs, const long nowMs)
     {
      if(!IsOpen())
         return(Fail("The store is not open."));
      if(Rewrite(m_file.Last(), nowMs, false, cutMs))
         return(true);
      return(m_file.IsOpen() ? false : FailClosed(m_error));
     }

   //--- bytes of the file
   long              Size(void) const
     {
      return(m_file.Size());
     }
  };

#endif
//+------------------------------------------------------------------+
