//+------------------------------------------------------------------+
//| StoreRecord.mqh - one record of a store, as a line of text.      |
//|                                                                  |
//| BD1 length padding kind sequence time checksum payload           |
//|                                                                  |
//| All but the payload are hexadecimal, of a fixed width. The       |
//| padding is spaces behind the payload, which cover what a failed  |
//| write has left; then the line ends. The checksum is of all other |
//| bytes of the line, and of those of the lines before it: a line   |
//| that was left over from elsewhere never fits.                    |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_STORERECORD_MQH
#define BITTENDESK_STORERECORD_MQH

#include <BittenDesk/Crc32.mqh>
#include <BittenDesk/Utf8.mqh>

#define STORE_HEAD_SIZE    66      // bytes before the payload
#define STORE_CRC_PLACE    57      // of the checksum in them
#define STORE_MAX_PAYLOAD  65536   // bytes

//--- kinds below are for the store's own records, the caller's are from 1 to STORE_MAX_KIND
#define STORE_MAX_KIND     0xFFFF
#define STORE_KIND_HEADER  0x10001   // the first record: version, id, account
#define STORE_KIND_TEAR    0x10002   // records before it may be missing
#define STORE_KIND_SEAL    0x10003   // all that is to be in a rewritten file stands before it

struct StoreRecord
  {
   int               length;     // bytes of the payload
   int               padding;    // bytes behind it
   uint              kind;
   long              sequence;   // of the caller's records: 1, 2, 3 ...; of a tear or a seal: the last one so far
   long              timeMs;     // UTC, milliseconds since 1970
   uint              crc;
  };

//--- bytes of the whole line
int StoreLineSize(const StoreRecord &record)
  {
   return(STORE_HEAD_SIZE + record.length + record.padding + 1);
  }

//--- writes a number with so many hexadecimal digits and a space; gives the place behind
int StorePutHex(uchar &bytes[], const int place, const ulong value, const int digits)
  {
   ulong rest = value;
   for(int i = digits - 1; i >= 0; i--)
     {
      const int digit = (int)(rest & 0x0F);
      bytes[place + i] = (uchar)(digit < 10 ? '0' + digit : 'a' + digit - 10);
      rest = rest >> 4;
     }
   bytes[place + digits] = ' ';
   return(place + digits + 1);
  }

//--- reads such a number and moves place behind it; false where it is none
bool StoreTakeHex(const uchar &bytes[], int &place, const int digits, ulong &value)
  {
   value = 0;
   for(int i = 0; i < digits; i++)
     {
      const uchar letter = bytes[place + i];
      ulong digit = 0;
      if(letter >= '0' && letter <= '9')
         digit = (ulong)(letter - '0');
      else
         if(letter >= 'a' && letter <= 'f')
            digit = (ulong)(letter - 'a' + 10);
         else
            return(false);
      value = (value << 4) | digit;
     }
   place += digits + 1;
   return(bytes[place - 1] == ' ');
  }

//--- the checksum of a line
uint StoreCrc(const CCrc32 &crc, const uint before, const uchar &line[], const int size)
  {
   const uint head = crc.Of(line, 0, STORE_CRC_PLACE, before);
   return(crc.Of(line, STORE_HEAD_SIZE, size - STORE_HEAD_SIZE, head));
  }

//+------------------------------------------------------------------+
//| Makes the line of a record; before: checksum of the line before. |
//| Sets the record's own checksum.                                  |
//+------------------------------------------------------------------+
void StoreMakeLine(const CCrc32 &crc, const uint before, StoreRecord &record, const uchar &payload[], uchar &line[])
  {
   const int size = StoreLineSize(record);
   ArrayResize(line, size);
   ArrayFill(line, 0, size, ' ');
   line[0] = 'B';
   line[1] = 'D';
   line[2] = '1';
   int place = StorePutHex(line, 4, (ulong)record.length, 8);
   place = StorePutHex(line, place, (ulong)record.padding, 8);
   place = StorePutHex(line, place, record.kind, 8);
   place = StorePutHex(line, place, (ulong)record.sequence, 12);
   StorePutHex(line, place, (ulong)record.timeMs, 12);
   if(record.length > 0)
      ArrayCopy(line, payload, STORE_HEAD_SIZE, 0, record.length);
   line[size - 1] = '\n';
   record.crc = StoreCrc(crc, before, line, size);
   StorePutHex(line, STORE_CRC_PLACE, record.crc, 8);
  }

//--- reads what stands before the payload; false where it is none
bool StoreReadHead(const uchar &line[], StoreRecord &record)
  {
   if(line[0] != 'B' || line[1] != 'D' || line[2] != '1' || line[3] != ' ')
      return(false);
   int place = 4;
   ulong length = 0;
   ulong padding = 0;
   ulong kind = 0;
   ulong sequence = 0;
   ulong time = 0;
   ulong sum = 0;
   const bool isRead = StoreTakeHex(line, place, 8, length) && StoreTakeHex(line, place, 8, padding) && StoreTakeHex(line, place, 8, kind) &&
                       StoreTakeHex(line, place, 12, sequence) && StoreTakeHex(line, place, 12, time) && StoreTakeHex(line, place, 8, sum);
   if(!isRead || length > STORE_MAX_PAYLOAD || padding > STORE_MAX_PAYLOAD + STORE_HEAD_SIZE)
      return(false);
   record.length = (int)length;
   record.padding = (int)padding;
   record.kind = (uint)kind;
   record.sequence = (long)sequence;
   record.timeMs = (long)time;
   record.crc = (uint)sum;
   return(true);
  }

#endif
//+------------------------------------------------------------------+
