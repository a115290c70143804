//+------------------------------------------------------------------+
//| JsonWriter.mqh - writes JSON (RFC 8259) in UTF-8.                |
//|                                                                  |
//|    CJsonWriter json;                                             |
//|    json.OpenObject();                                            |
//|    json.Text("type", "pong");                                    |
//|    json.Number("bid", bid, digits);                              |
//|    json.Close();                                                 |
//|    if(json.IsWhole()) socket.SendText(json.Written());           |
//|                                                                  |
//| Members of an object have a key; the whole and the elements of   |
//| an array have none. What can't be written, as a double that is   |
//| no number, makes all of it unusable: IsWhole is false from then  |
//| on and Error says why. Nothing wrong leaves by mistake.          |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_JSONWRITER_MQH
#define BITTENDESK_JSONWRITER_MQH

#include <BittenDesk/JsonNumbers.mqh>
#include <BittenDesk/Queues.mqh>

#define JSON_WRITE_DEPTH  16   // objects and arrays within each other
#define JSON_MAX_DIGITS   16   // behind the point

class CJsonWriter
  {
private:
   CByteQueue        m_bytes;
   bool              m_isArray[JSON_WRITE_DEPTH];   // of each that is open
   bool              m_isFirst;                     // nothing has been written in the last one yet
   int               m_depth;
   string            m_error;

   void              Fail(const string reason)
     {
      if(StringLen(m_error) == 0)
         m_error = reason;
     }

   //--- what goes before each value: a comma, and the name; false where a value can't stand here
   bool              Begin(const string key)
     {
      const bool isMember = m_depth > 0 && !m_isArray[m_depth - 1];
      if(isMember != (StringLen(key) > 0))
         Fail(isMember ? "A member of an object has no key." : "The key \"" + key + "\" stands outside of an object.");
      if(m_depth == 0 && m_bytes.Size() > 0)
         Fail("A second value stands behind the first one.");
      if(StringLen(m_error) > 0)
         return(false);
      if(!m_isFirst)
         m_bytes.Add(',');
      m_isFirst = false;
      if(isMember)
        {
         PutText(key);
         m_bytes.Add(':');
        }
      return(true);
     }

   void              PutHex(const uint unit)
     {
      m_bytes.AddText(StringFormat("\\u%04x", (int)unit));
     }

   void              PutPoint(const uint point)
     {
      uchar bytes[4];
      const int count = Utf8Put(bytes, 0, point);
      m_bytes.AddBytes(bytes, 0, count);
     }

   void              PutAscii(const uint letter)
     {
      switch(letter)
        {
         case '"':
            m_bytes.AddText("\\\"");
            break;
         case '\\':
            m_bytes.AddText("\\\\");
            break;
         case '\n':
            m_bytes.AddText("\\n");
            break;
         case '\r':
            m_bytes.AddText("\\r");
            break;
         case '\t':
            m_bytes.AddText("\\t");
            break;
         default:
            if(letter < 0x20)
               PutHex(letter);
            else
               m_bytes.Add(letter);
        }
     }

   //--- with quotes and escapes; half of a surrogate pair becomes U+FFFD
   void              PutText(const string text)
     {
      const int length = StringLen(text);
      m_bytes.Add('"');
      for(int i = 0; i < length; i++)
        {
         const uint unit = StringGetCharacter(text, i);
         const uint next = i + 1 < length ? StringGetCharacter(text, i + 1) : (ushort)0;
         if(unit < 0x80)
            PutAscii(unit);
         else
            if(unit < 0xD800 || unit > 0xDFFF)
               PutPoint(unit);
            else
               if(unit < 0xDC00 && next >= 0xDC00 && next <= 0xDFFF)
                 {
                  PutPoint(0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00));
                  i++;
                 }
               else
                  PutPoint(0xFFFD);
        }
      m_bytes.Add('"');
     }

   bool              IsZero(const uchar &bytes[], const int size) const
     {
      for(int i = 0; i < size; i++)
        {
         if(bytes[i] >= '1' && bytes[i] <= '9')
            return(false);
        }
      return(true);
     }

   void              Open(const string key, const bool isArray)
     {
      if(m_depth == JSON_WRITE_DEPTH)
         Fail("Objects and arrays lie more than " + IntegerToString(JSON_WRITE_DEPTH) + " deep within each other.");
      if(!Begin(key))
         return;
      m_bytes.Add(isArray ? '[' : '{');
      m_isArray[m_depth] = isArray;
      m_isFirst = true;
      m_depth++;
     }

   void              PutPlain(const string key, const string value)
     {
      if(Begin(key))
         m_bytes.AddText(value);
     }

public:
                     CJsonWriter(void)
     {
      Clear();
     }

   //--- forgets all, to write anew
   void              Clear(void)
     {
      m_bytes.Clear();
      m_isFirst = true;
      m_depth = 0;
      m_error = "";
     }

   void              OpenObject(const string key = "")
     {
      Open(key, false);
     }

   void              OpenArray(const string key = "")
     {
      Open(key, true);
     }

   //--- ends the object or array that was opened last
   void              Close(void)
     {
      if(m_depth == 0)
        {
         Fail("More is closed than was opened.");
         return;
        }
      m_depth--;
      m_bytes.Add(m_isArray[m_depth] ? ']' : '}');
      m_isFirst = false;
     }

   void              Text(const string key, const string value)
     {
      if(Begin(key))
         PutText(value);
     }

   void              Integer(const string key, const long value)
     {
      PutPlain(key, IntegerToString(value));
     }

   //--- a ticket or another number of 64 bits, as a text of digits
   void              Digits(const string key, const ulong value)
     {
      PutPlain(key, "\"" + StringFormat("%I64u", value) + "\"");
     }

   //--- digits: how many stand behind the point, 0 to 16
   void              Number(const string key, const double value, const int digits)
     {
      if(!MathIsValidNumber(value))
         Fail("\"" + key + "\" is not a finite number.");
      if(digits < 0 || digits > JSON_MAX_DIGITS)
         Fail("\"" + key + "\" is to have " + IntegerToString(digits) + " digits; 0 to " + IntegerToString(JSON_MAX_DIGITS) + " can be written.");
      if(StringLen(m_error) > 0)
         return;
      string text = DoubleToString(value, digits);
      uchar bytes[];
      const int size = Utf8Bytes(text, bytes);
      if(JsonNumberEnd(bytes, 0, size) != size)
         Fail("\"" + key + "\" can't be written as a number: " + text + ".");
      //--- what rounds to zero from below is zero
      if(IsZero(bytes, size) && bytes[0] == '-')
         text = StringSubstr(text, 1);
      PutPlain(key, text);
     }

   //--- a number that is text already, as it came in other JSON
   void              NumberText(const string key, const string number)
     {
      uchar bytes[];
      const int size = Utf8Bytes(number, bytes);
      if(JsonNumberEnd(bytes, 0, size) != size)
         Fail("\"" + key + "\" is no number: " + number + ".");
      PutPlain(key, number);
     }

   //--- JSON that was written before, unchanged
   void              Raw(const string key, const string json)
     {
      PutPlain(key, json);
     }

   void              Bool(const string key, const bool value)
     {
      PutPlain(key, value ? "true" : "false");
     }

   void              Null(const string key)
     {
      PutPlain(key, "null");
     }

   //--- whether it is one value, with all that was opened closed, and without an error
   bool              IsWhole(void) const
     {
      return(StringLen(m_error) == 0 && m_depth == 0 && m_bytes.Size() > 0);
     }

   //--- one sentence; empty where all is well
   string            Error(void) const
     {
      return(m_error);
     }

   //--- what was written, as bytes of UTF-8; gives their number, 0 where it is not whole
   int               CopyTo(uchar &bytes[]) const
     {
      const int size = IsWhole() ? m_bytes.Size() : 0;
      m_bytes.CopyTo(bytes, 0, size);
      return(size);
     }

   //--- the same as a text
   string            Written(void) const
     {
      uchar bytes[];
      const int size = CopyTo(bytes);
      return(Utf8Text(bytes, 0, size));
     }
  };

#endif
//+------------------------------------------------------------------+
