//+------------------------------------------------------------------+
//| StoreTears.mq5 - opens a store that was cut off at each byte, or |
//| has another value in one, for tests.                             |
//+------------------------------------------------------------------+
#property script_show_inputs

#include <BittenDesk/Store.mqh>

input int Records = 5;   // in the store
input int Step    = 1;   // tries each byte, each second one ...

uchar  g_whole[];
uchar  g_mark[];
int    g_ends[];     // bytes of the file up to the end of each record, the header first
string g_texts[];
int    g_cases  = 0;
int    g_failed = 0;

void Check(const bool holds, const string what)
  {
   if(holds)
      return;
   g_failed++;
   Print("WRONG ", what);
  }

void ReadFile(const string name, uchar &bytes[])
  {
   const int file = FileOpen(name, FILE_READ | FILE_BIN | FILE_COMMON);
   ArrayResize(bytes, (int)FileSize(file));
   FileReadArray(file, bytes, 0, (int)FileSize(file));
   FileClose(file);
  }

void WriteFile(const string name, const uchar &bytes[], const int size)
  {
   const int file = FileOpen(name, FILE_WRITE | FILE_BIN | FILE_COMMON);
   if(size > 0)
      FileWriteArray(file, bytes, 0, size);
   FileClose(file);
  }

void MakeStore(void)
  {
   CStore store;
   ArrayResize(g_ends, Records + 1);
   ArrayResize(g_texts, Records);
   Check(store.Open("7", "S", 1000) && store.State() == STORE_NEW, "a new store");
   g_ends[0] = (int)store.Size();
   for(int i = 0; i < Records; i++)
     {
      g_texts[i] = "record " + IntegerToString(i) + " of the store, a line" + (i % 2 == 0 ? "" : "\nBD1 and another");
      Check(store.Append(5, 2000 + i, g_texts[i]), store.Error());
      g_ends[i + 1] = (int)store.Size();
     }
   store.Close();
   ReadFile("BittenDesk\\7-S.store", g_whole);
   ReadFile("BittenDesk\\7-S.lock", g_mark);
   Check(g_ends[Records] == ArraySize(g_whole), "its size");
  }

//--- how many records lie within so many bytes; -1: not even what a new store has
int WholeIn(const int size)
  {
   int count = -1;
   for(int i = 0; i <= Records && g_ends[i] <= size; i++)
      count = i;
   return(count);
  }

//--- opens what lies there; whole: records that must be found; isTorn: whether the store must say so
void CheckStore(const int whole, const bool isTorn, const string what)
  {
   CStore store;
   string text = "";
   const int count = whole < 0 ? 0 : whole;
   g_cases++;
   if(!store.Open("7", "S", 9000))
     {
      Check(false, what + ": " + store.Error());
      return;
     }
   Check(store.Count() == count, what + ": " + IntegerToString(store.Count()) + " records");
   for(int i = 0; i < store.Count(); i++)
      Check(store.Read(i, text) && text == g_texts[i] && store.Kind(i) == 5 && store.TimeMs(i) == 2000 + i, what + ": record " + IntegerToString(i));
   Check((store.State() == STORE_TORN) == isTorn, what + " is " + store.StateName());
   Check(store.CompleteSinceMs() == (isTorn ? 9000 : 1000), what + ": complete since " + IntegerToString(store.CompleteSinceMs()));
   Check(store.Append(6, 9500, "behind") && store.Read(count, text) && text == "behind", what + " takes no record: " + store.Error());
   store.Close();
   Check(store.Open("7", "S", 9900) && store.Count() == count + 1 && store.State() == STORE_INTACT, what + " is not intact again");
   Check(store.CompleteSinceMs() == (isTorn ? 9000 : 1000), what + ": complete then since " + IntegerToString(store.CompleteSinceMs()));
  }

void Prepare(const int size, const bool withMark)
  {
   FileDelete("BittenDesk\\7-S.new", FILE_COMMON);
   FileDelete("BittenDesk\\7-S.unreadable", FILE_COMMON);
   WriteFile("BittenDesk\\7-S.store", g_whole, size);
   WriteFile("BittenDesk\\7-S.lock", g_mark, withMark ? ArraySize(g_mark) : 0);
  }

//--- the end is missing
void CutAt(const int size, const bool withMark)
  {
   const int whole = WholeIn(size);
   const bool isBoundary = whole >= 0 && g_ends[whole] == size;
   Prepare(size, withMark);
   CheckStore(whole, withMark ? size < ArraySize(g_whole) : !isBoundary, "cut at " + IntegerToString(size) + (withMark ? "" : " without a mark"));
  }

//--- one byte has another value
void ChangeAt(const int place, const uchar value)
  {
   const uchar before = g_whole[place];
   if(before == value)
      return;
   g_whole[place] = value;
   Prepare(ArraySize(g_whole), true);
   g_whole[place] = before;
   CheckStore(WholeIn(place), true, "changed at " + IntegerToString(place));
  }

//--- the end is there, but its bytes are zero, as a power cut leaves it
void ZeroFrom(const int size, const bool withMark)
  {
   uchar zeroed[];
   ArrayResize(zeroed, ArraySize(g_whole));
   ArrayFill(zeroed, 0, ArraySize(g_whole), 0);
   if(size > 0)
      ArrayCopy(zeroed, g_whole, 0, 0, size);
   Prepare(size, withMark);
   WriteFile("BittenDesk\\7-S.store", zeroed, ArraySize(zeroed));
   CheckStore(WholeIn(size), true, "zeros from " + IntegerToString(size));
  }

void OnStart(void)
  {
   MakeStore();
   const int size = ArraySize(g_whole);
   for(int i = 0; i <= size; i += Step)
     {
      CutAt(i, true);
      CutAt(i, false);
     }
   for(int i = 0; i < size; i += Step)
     {
      ZeroFrom(i, i % 2 == 0);
      ChangeAt(i, (uchar)(g_whole[i] ^ 1));
      ChangeAt(i, 0);
      ChangeAt(i, '0');
      ChangeAt(i, '\n');
     }
   PrintFormat("cases %d failed %d", g_cases, g_failed);
  }
//+------------------------------------------------------------------+
