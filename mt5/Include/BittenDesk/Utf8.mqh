//+------------------------------------------------------------------+
//| Utf8.mqh - MQL5 strings as bytes of UTF-8, bytes as strings, and |
//| whether bytes are UTF-8 at all (RFC 3629).                       |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_UTF8_MQH
#define BITTENDESK_UTF8_MQH

//+------------------------------------------------------------------+
//| Number of bytes of the character that begins at a place; 0 where |
//| the bytes are not UTF-8. end: the place behind the last byte.    |
//+------------------------------------------------------------------+
int Utf8LengthAt(const uchar &bytes[], const int place, const int end)
  {
   const uint first = bytes[place];
   if(first < 0x80)
      return(1);
   int length = 2;
   if(first >= 0xF0)
      length = 4;
   else
      if(first >= 0xE0)
         length = 3;
//--- 80 to C1 can't be first, nor can F5 to FF
   if(first < 0xC2 || first > 0xF4 || place + length > end)
      return(0);
   for(int i = 1; i < length; i++)
     {
      if((bytes[place + i] & 0xC0) != 0x80)
         return(0);
     }
//--- longer than needed, half of a surrogate pair, above U+10FFFF
   const uint second = bytes[place + 1];
   if((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F))
      return(0);
   if((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F))
      return(0);
   return(length);
  }

//+------------------------------------------------------------------+
//| Writes a code point's UTF-8 to an array that has room for it at  |
//| a place, and gives the number of bytes, 1 to 4.                  |
//+------------------------------------------------------------------+
int Utf8Put(uchar &bytes[], const int place, const uint point)
  {
   if(point < 0x80)
     {
      bytes[place] = (uchar)point;
      return(1);
     }
   int length = 2;
   uint mark = 0xC0;
   if(point >= 0x10000)
     {
      length = 4;
      mark = 0xF0;
     }
   else
      if(point >= 0x800)
        {
         length = 3;
         mark = 0xE0;
        }
   uint rest = point;
   for(int i = length - 1; i > 0; i--)
     {
      bytes[place + i] = (uchar)(0x80 | (rest & 0x3F));
      rest = rest >> 6;
     }
   bytes[place] = (uchar)(mark | rest);
   return(length);
  }

//+------------------------------------------------------------------+
//| The bytes of a text without a closing zero; gives their number.  |
//| Half of a surrogate pair becomes U+FFFD.                         |
//+------------------------------------------------------------------+
int Utf8Bytes(const string text, uchar &bytes[])
  {
   ArrayResize(bytes, 0);
   if(StringLen(text) == 0)
      return(0);
   int count = StringToCharArray(text, bytes, 0, WHOLE_ARRAY, CP_UTF8);
   if(count > 0 && bytes[count - 1] == 0)
      count--;
   ArrayResize(bytes, count);
   return(count);
  }

//+------------------------------------------------------------------+
//| The text of count bytes from start on. It ends at a zero byte,   |
//| which an MQL5 string can't hold.                                 |
//+------------------------------------------------------------------+
string Utf8Text(const uchar &bytes[], const int start, const int count)
  {
   int length = 0;
   while(length < count && bytes[start + length] != 0)
      length++;
   if(length == 0)
      return("");
   return(CharArrayToString(bytes, start, length, CP_UTF8));
  }

#endif
//+------------------------------------------------------------------+
