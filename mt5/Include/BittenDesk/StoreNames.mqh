//+------------------------------------------------------------------+
//| StoreNames.mqh - names of a store's files, its id and its header.|
//+------------------------------------------------------------------+
#ifndef BITTENDESK_STORENAMES_MQH
#define BITTENDESK_STORENAMES_MQH

#include <BittenDesk/Crc32.mqh>
#include <BittenDesk/Utf8.mqh>

#define STORE_FOLDER   "BittenDesk\\"
#define STORE_VERSION  "1"

//--- letters, digits and minus stay; each other byte becomes % and two digits
string StoreFileName(const string text)
  {
   uchar bytes[];
   const int count = Utf8Bytes(text, bytes);
   string name = "";
   for(int i = 0; i < count; i++)
     {
      const uint letter = bytes[i];
      const bool isDigit = letter >= '0' && letter <= '9';
      const bool isLetter = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
      name += isDigit || isLetter || letter == '-' ? ShortToString((ushort)letter) : StringFormat("%%%02X", (int)letter);
     }
   return(name);
  }

//--- the path of an account's store without its ending, in the folder that all terminals share
string StorePath(const string login, const string server)
  {
   return(STORE_FOLDER + StoreFileName(login) + "-" + StoreFileName(server));
  }

//--- 32 hexadecimal digits that another store does not have; account: text that names the account
string StoreNewId(const string account, const long nowMs)
  {
   CCrc32 crc32;
   uchar seed[];
   string id = "";
   const string text = account + " " + IntegerToString(nowMs) + " " + IntegerToString((long)GetTickCount64()) + " ";
   for(uint i = 1; i <= 4; i++)
     {
      const int size = Utf8Bytes(text + IntegerToString((long)GetMicrosecondCount()), seed);
      id += StringFormat("%08x", (int)crc32.Of(seed, 0, size, i));
     }
   return(id);
  }

//--- the payload of the first record: version, id, since when no record is missing, account
string StoreHeader(const string id, const long sinceMs, const string login, const string server)
  {
   return(STORE_VERSION + " " + id + " " + IntegerToString(sinceMs) + " " + login + " " + server);
  }

//--- reads it; gives what is wrong with it, empty where it is of this version and account
string StoreReadHeader(const string header, const string login, const string server, string &id, long &sinceMs)
  {
   string parts[];
   const int count = StringSplit(header, ' ', parts);
   if(count < 1 || parts[0] != STORE_VERSION)
      return(" was written by another version of this program: use that version, or move the file away.");
   if(count < 5 || header != StoreHeader(parts[1], StringToInteger(parts[2]), login, server))
      return(" is of another account than " + login + " at " + server + ": move the file away.");
   id = parts[1];
   sinceMs = StringToInteger(parts[2]);
   return("");
  }

#endif
//+------------------------------------------------------------------+
