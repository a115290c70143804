//+------------------------------------------------------------------+
//| Json.mqh - reads JSON strictly by RFC 8259.                      |
//|                                                                  |
//| Refused, with one sentence that names the byte (the first is 1): |
//| all that is not JSON or not UTF-8, text behind the value, a name |
//| that comes twice in an object, half of a surrogate pair, the     |
//| character 0 (an MQL5 string can't hold it), and what is above    |
//| the limits below.                                                |
//|                                                                  |
//| JsonTree.mqh says how its values are read.                       |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_JSON_MQH
#define BITTENDESK_JSON_MQH

#include <BittenDesk/JsonTree.mqh>

#define JSON_MAX_BYTES    65536   // of a text
#define JSON_MAX_MEMBERS  128     // of an object: each new name is compared with all others

class CJson : public CJsonTree
  {
private:
   uchar             m_source[];
   int               m_size;
   int               m_at;         // the next byte of the source
   string            m_error;

   //--- gives false, so that a caller can end with it
   bool              Fault(const string what)
     {
      if(m_at < m_size)
         m_error = "Byte " + IntegerToString(m_at + 1) + " of the JSON: " + what + ".";
      else
         m_error = "The JSON ends after byte " + IntegerToString(m_size) + ": " + what + ".";
      return(false);
     }

   bool              IsAt(const uchar wanted) const
     {
      return(m_at < m_size && m_source[m_at] == wanted);
     }

   bool              Put(const ENUM_JSON_TYPE type, const int start)
     {
      if(!AddValue(type, start))
         return(Fault("there are more than " + IntegerToString(JSON_MAX_VALUES) + " values"));
      return(true);
     }

   void              SkipSpace(void)
     {
      while(IsAt(' ') || IsAt('\n') || IsAt('\r') || IsAt('\t'))
         m_at++;
     }

   //--- four hexadecimal digits; false where they are none
   bool              TakeHex(uint &value)
     {
      value = 0;
      for(int i = 0; i < 4; i++)
        {
         const uint letter = m_at < m_size ? m_source[m_at] : 0;
         uint digit = 16;
         if(letter >= '0' && letter <= '9')
            digit = letter - '0';
         if((letter >= 'a' && letter <= 'f') || (letter >= 'A' && letter <= 'F'))
            digit = (letter & 0x0F) + 9;
         if(digit > 15)
            return(Fault("four hexadecimal digits were expected after \\u"));
         value = value * 16 + digit;
         m_at++;
        }
      return(true);
     }

   //--- behind \u: one character, which two escapes make where it lies above U+FFFF
   bool              TakeCodePoint(void)
     {
      uint point = 0;
      if(!TakeHex(point))
         return(false);
      if(point == 0)
         return(Fault("\\u0000 can't be part of a text"));
      if(point >= 0xD800 && point <= 0xDBFF && m_at + 1 < m_size && m_source[m_at] == '\\' && m_source[m_at + 1] == 'u')
        {
         uint low = 0;
         m_at += 2;
         if(!TakeHex(low))
            return(false);
         if(low < 0xDC00 || low > 0xDFFF)
            return(Fault("a surrogate pair has no second half"));
         point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
        }
      if(point >= 0xD800 && point <= 0xDFFF)
         return(Fault("half of a surrogate pair is no character"));
      KeepPoint(point);
      return(true);
     }

   //--- behind a backslash
   bool              TakeEscape(void)
     {
      const uchar letter = m_at < m_size ? m_source[m_at] : (uchar)0;
      uchar meant = 0;
      switch(letter)
        {
         case '"':
         case '\\':
         case '/':
            meant = letter;
            break;
         case 'b':
            meant = 8;
            break;
         case 'f':
            meant = 12;
            break;
         case 'n':
            meant = 10;
            break;
         case 'r':
            meant = 13;
            break;
         case 't':
            meant = 9;
            break;
         case 'u':
            m_at++;
            return(TakeCodePoint());
         default:
            return(Fault("no escape begins with a backslash and this character"));
        }
      m_at++;
      Keep(meant);
      return(true);
     }

   //--- characters up to the closing quote, behind the opening one
   bool              TakeCharacters(void)
     {
      while(!IsAt('"'))
        {
         if(m_at >= m_size)
            return(Fault("a text has no closing quote"));
         if(m_source[m_at] < 0x20)
            return(Fault("a control character in a text must be escaped"));
         if(IsAt('\\'))
           {
            m_at++;
            if(!TakeEscape())
               return(false);
            continue;
           }
         const int length = Utf8LengthAt(m_source, m_at, m_size);
         if(length == 0)
            return(Fault("the bytes are not UTF-8"));
         for(int i = 0; i < length; i++)
            Keep(m_source[m_at + i]);
         m_at += length;
        }
      m_at++;
      return(true);
     }

   bool              TakeText(void)
     {
      const int start = m_textSize;
      m_at++;
      return(TakeCharacters() && Put(JSON_TEXT, start));
     }

   bool              TakeNumber(void)
     {
      const int start = m_textSize;
      const int end = JsonNumberEnd(m_source, m_at, m_size);
      if(end < 0)
        {
         m_at = -1 - end;
         return(Fault("a digit was expected"));
        }
      if(end - m_at > JSON_MAX_NUMBER)
         return(Fault("a number has more than " + IntegerToString(JSON_MAX_NUMBER) + " characters"));
      for(; m_at < end; m_at++)
         Keep(m_source[m_at]);
      return(Put(JSON_NUMBER, start));
     }

   bool              TakeWord(const string word, const ENUM_JSON_TYPE type)
     {
      const int start = m_textSize;
      for(int i = 0; i < StringLen(word); i++)
        {
         if(m_at >= m_size || m_source[m_at] != StringGetCharacter(word, i))
            return(Fault("true, false or null was expected"));
         Keep(m_source[m_at]);
         m_at++;
        }
      return(Put(type, start));
     }

   bool              OpenContainer(const ENUM_JSON_TYPE type)
     {
      if(m_depth == JSON_MAX_DEPTH)
         return(Fault("objects and arrays lie more than " + IntegerToString(JSON_MAX_DEPTH) + " deep within each other"));
      if(!Put(type, m_textSize))
         return(false);
      Enter();
      m_at++;
      return(true);
     }

   bool              TakeValue(void)
     {
      const uchar letter = m_at < m_size ? m_source[m_at] : (uchar)0;
      switch(letter)
        {
         case '{':
            return(OpenContainer(JSON_OBJECT));
         case '[':
            return(OpenContainer(JSON_ARRAY));
         case '"':
            return(TakeText());
         case 't':
            return(TakeWord("true", JSON_BOOL));
         case 'f':
            return(TakeWord("false", JSON_BOOL));
         case 'n':
            return(TakeWord("null", JSON_NULL));
        }
      if(letter == '-' || (letter >= '0' && letter <= '9'))
         return(TakeNumber());
      return(Fault("a value was expected"));
     }

   //--- a name and its colon
   bool              TakeKey(void)
     {
      if(!IsAt('"'))
         return(Fault("a name in quotes was expected"));
      if(Count(Open()) == JSON_MAX_MEMBERS)
         return(Fault("an object has more than " + IntegerToString(JSON_MAX_MEMBERS) + " members"));
      const int start = m_textSize;
      const int place = m_at;
      m_at++;
      if(!TakeCharacters())
         return(false);
      if(!NameNext(start))
        {
         m_at = place;
         return(Fault("the name \"" + Utf8Text(m_text, start, m_textSize - start) + "\" comes twice in an object"));
        }
      SkipSpace();
      if(!IsAt(':'))
         return(Fault("a colon was expected after a name"));
      m_at++;
      SkipSpace();
      return(true);
     }

   //--- the next member or element of what is open, or its end
   bool              TakeNext(void)
     {
      const bool isObject = Type(Open()) == JSON_OBJECT;
      SkipSpace();
      if(IsAt((uchar)(isObject ? '}' : ']')))
        {
         m_at++;
         Leave();
         return(true);
        }
      if(Count(Open()) > 0)
        {
         if(!IsAt(','))
            return(Fault(isObject ? "a comma or } was expected" : "a comma or ] was expected"));
         m_at++;
         SkipSpace();
        }
      if(isObject && !TakeKey())
         return(false);
      return(TakeValue());
     }

   bool              TakeAll(void)
     {
      SkipSpace();
      if(!TakeValue())
         return(false);
      while(Open() >= 0)
        {
         if(!TakeNext())
            return(false);
        }
      SkipSpace();
      if(m_at < m_size)
         return(Fault("the value has ended, but more text follows"));
      return(true);
     }

public:
                     CJson(void)
     {
      m_size = 0;
      m_at = 0;
      m_error = "";
     }

   //--- reads the first size bytes; false: Error says what is wrong, and there are no values
   bool              Parse(const uchar &bytes[], const int size)
     {
      m_error = "";
      m_at = 0;
      m_size = 0;
      Clear(0);
      if(size > JSON_MAX_BYTES)
        {
         m_error = "The JSON has " + IntegerToString(size) + " bytes; the limit is " + IntegerToString(JSON_MAX_BYTES) + ".";
         return(false);
        }
      m_size = size;
      ArrayResize(m_source, size);
      if(size > 0)
         ArrayCopy(m_source, bytes, 0, 0, size);
      Clear(size);
      if(TakeAll())
         return(true);
      Clear(0);
      return(false);
     }

   bool              ParseText(const string text)
     {
      uchar bytes[];
      const int size = Utf8Bytes(text, bytes);
      return(Parse(bytes, size));
     }

   //--- one sentence with the place; empty where all is well
   string            Error(void) const
     {
      return(m_error);
     }
  };

#endif
//+------------------------------------------------------------------+
