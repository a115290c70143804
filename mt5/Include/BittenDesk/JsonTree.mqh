//+------------------------------------------------------------------+
//| JsonTree.mqh - the values of a JSON text.                        |
//|                                                                  |
//| A value is known by its index: 0 is the whole, -1 is none. Names,|
//| texts and numbers stand in one array of bytes, without escapes.  |
//| Numbers stay the text that came, with all their digits.          |
//|                                                                  |
//| Two ways to read:                                                |
//|    string symbol;                                                |
//|    if(!json.ReadText(0, "symbol", symbol)) ... missing, no text  |
//|    for(int i = json.First(list); i >= 0; i = json.Next(i)) ...   |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_JSONTREE_MQH
#define BITTENDESK_JSONTREE_MQH

#include <BittenDesk/JsonNumbers.mqh>
#include <BittenDesk/Utf8.mqh>

#define JSON_MAX_VALUES  4096   // of a text, objects and arrays among them
#define JSON_MAX_DEPTH   16     // objects and arrays within each other

enum ENUM_JSON_TYPE
  {
   JSON_NONE   = 0,   // there is no such value
   JSON_NULL   = 1,
   JSON_BOOL   = 2,
   JSON_NUMBER = 3,
   JSON_TEXT   = 4,
   JSON_ARRAY  = 5,
   JSON_OBJECT = 6
  };

struct JsonValue
  {
   ENUM_JSON_TYPE    type;
   int               parent;     // index of the object or array around it
   int               first;      // its first member or element
   int               last;       // its last one
   int               next;       // the next one of the same parent
   int               count;      // its members or elements
   int               start;      // place of its text, number or word
   int               size;       // bytes of it
   int               keyStart;   // place of its name, which members of objects have
   int               keySize;
   uint              keyHash;
  };

class CJsonTree
  {
protected:
   uchar             m_text[];     // names, texts, numbers and words
   int               m_textSize;
   int               m_depth;      // objects and arrays that are open

private:
   JsonValue         m_values[];
   int               m_count;
   int               m_open;       // the object or array that is being filled
   int               m_keyStart;   // the name of the next value
   int               m_keySize;

   //--- FNV-1a: names with different hashes differ
   uint              Hash(const int start, const int size) const
     {
      uint hash = 2166136261;
      for(int i = 0; i < size; i++)
         hash = (hash ^ m_text[start + i]) * 16777619;
      return(hash);
     }

   bool              IsSame(const int one, const int other, const int size) const
     {
      for(int i = 0; i < size; i++)
        {
         if(m_text[one + i] != m_text[other + i])
            return(false);
        }
      return(true);
     }

   void              Append(const int parent, const int child)
     {
      const int last = m_values[parent].last;
      if(last < 0)
         m_values[parent].first = child;
      else
         m_values[last].next = child;
      m_values[parent].last = child;
      m_values[parent].count++;
     }

protected:
   //--- room: bytes of all names, texts, numbers and words together
   void              Clear(const int room)
     {
      m_count = 0;
      m_open = -1;
      m_depth = 0;
      m_textSize = 0;
      m_keyStart = 0;
      m_keySize = 0;
      ArrayResize(m_values, 0, 256);
      ArrayResize(m_text, room);
     }

   void              Keep(const uchar value)
     {
      m_text[m_textSize] = value;
      m_textSize++;
     }

   void              KeepPoint(const uint point)
     {
      m_textSize += Utf8Put(m_text, m_textSize, point);
     }

   int               Open(void) const
     {
      return(m_open);
     }

   //--- adds a value whose text is what was kept since start; false where there are too many
   bool              AddValue(const ENUM_JSON_TYPE type, const int start)
     {
      if(m_count == JSON_MAX_VALUES)
         return(false);
      JsonValue value;
      value.type = type;
      value.parent = m_open;
      value.first = -1;
      value.last = -1;
      value.next = -1;
      value.count = 0;
      value.start = start;
      value.size = m_textSize - start;
      value.keyStart = m_keyStart;
      value.keySize = m_keySize;
      value.keyHash = Hash(m_keyStart, m_keySize);
      m_keySize = 0;
      ArrayResize(m_values, m_count + 1, 256);
      m_values[m_count] = value;
      if(m_open >= 0)
         Append(m_open, m_count);
      m_count++;
      return(true);
     }

   //--- the last value is an object or array, and what comes next lies in it
   void              Enter(void)
     {
      m_open = m_count - 1;
      m_depth++;
     }

   void              Leave(void)
     {
      m_open = m_values[m_open].parent;
      m_depth--;
     }

   //--- what was kept since start is the name of the next value; false where the object has that name already
   bool              NameNext(const int start)
     {
      m_keyStart = start;
      m_keySize = m_textSize - start;
      return(FindKey(m_open, m_keyStart, m_keySize) < 0);
     }

   int               FindKey(const int object, const int start, const int size) const
     {
      const uint hash = Hash(start, size);
      for(int i = m_values[object].first; i >= 0; i = m_values[i].next)
        {
         if(m_values[i].keyHash == hash && m_values[i].keySize == size && IsSame(m_values[i].keyStart, start, size))
            return(i);
        }
      return(-1);
     }

public:
                     CJsonTree(void)
     {
      Clear(0);
     }

   //--- JSON_NONE where there is no such value
   ENUM_JSON_TYPE    Type(const int index) const
     {
      return(index >= 0 && index < m_count ? m_values[index].type : JSON_NONE);
     }

   //--- members of an object, elements of an array
   int               Count(const int index) const
     {
      return(Type(index) == JSON_NONE ? 0 : m_values[index].count);
     }

   //--- the first of them, or -1
   int               First(const int index) const
     {
      return(Type(index) == JSON_NONE ? -1 : m_values[index].first);
     }

   //--- the one after a member or an element, or -1
   int               Next(const int index) const
     {
      return(Type(index) == JSON_NONE ? -1 : m_values[index].next);
     }

   //--- the member of an object with a name, or -1
   int               Find(const int object, const string name) const
     {
      uchar wanted[];
      const int size = Utf8Bytes(name, wanted);
      for(int i = Type(object) == JSON_OBJECT ? First(object) : -1; i >= 0; i = m_values[i].next)
        {
         if(m_values[i].keySize != size)
            continue;
         int same = 0;
         while(same < size && m_text[m_values[i].keyStart + same] == wanted[same])
            same++;
         if(same == size)
            return(i);
        }
      return(-1);
     }

   //--- the name of a member
   string            Key(const int index) const
     {
      return(Type(index) == JSON_NONE ? "" : Utf8Text(m_text, m_values[index].keyStart, m_values[index].keySize));
     }

   //--- a text without quotes and escapes; a number, true, false and null as they came
   string            Text(const int index) const
     {
      return(Type(index) == JSON_NONE ? "" : Utf8Text(m_text, m_values[index].start, m_values[index].size));
     }

   //--- a member of an object; false, with value unchanged, where it is missing or is no text
   bool              ReadText(const int object, const string name, string &value) const
     {
      const int index = Find(object, name);
      if(Type(index) != JSON_TEXT)
         return(false);
      value = Text(index);
      return(true);
     }

   //--- the same for a whole number, without fraction and exponent, that fits
   bool              ReadLong(const int object, const string name, long &value) const
     {
      const int index = Find(object, name);
      return(Type(index) == JSON_NUMBER && JsonTextToLong(Text(index), value));
     }

   //--- the same for any number
   bool              ReadDouble(const int object, const string name, double &value) const
     {
      const int index = Find(object, name);
      return(Type(index) == JSON_NUMBER && JsonTextToDouble(Text(index), value));
     }

   //--- the same for a ticket: a text of digits
   bool              ReadDigits(const int object, const string name, ulong &value) const
     {
      const int index = Find(object, name);
      return(Type(index) == JSON_TEXT && JsonDigitsToUlong(Text(index), value));
     }

   //--- the same for true and false
   bool              ReadBool(const int object, const string name, bool &value) const
     {
      const int index = Find(object, name);
      if(Type(index) != JSON_BOOL)
         return(false);
      value = Text(index) == "true";
      return(true);
     }
  };

#endif
//+------------------------------------------------------------------+
