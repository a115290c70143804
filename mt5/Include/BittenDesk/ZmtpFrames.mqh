//+------------------------------------------------------------------+
//| ZmtpFrames.mqh - the bytes of ZMTP 3.1 (rfc.zeromq.org/spec/37): |
//| greeting, frames and commands, to write and to read.             |
//|                                                                  |
//| A connection begins with 64 bytes of greeting from each side.    |
//| Then come frames: one byte of flags, the size in one byte or, of |
//| a long frame, in eight, and so many bytes of body. A frame is a  |
//| message (or a part of one) or a command: one byte of length, the |
//| command's name, its data.                                        |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_ZMTPFRAMES_MQH
#define BITTENDESK_ZMTPFRAMES_MQH

#include <BittenDesk/Queues.mqh>

#define ZMTP_GREETING_SIZE   64
#define ZMTP_VERSION_PLACE   10    // of the major version in the greeting; the minor one follows
#define ZMTP_MECHANISM_PLACE 12    // of the security mechanism, 20 bytes
#define ZMTP_FLAG_MORE       1     // another frame of the same message follows
#define ZMTP_FLAG_LONG       2     // the size has eight bytes
#define ZMTP_FLAG_COMMAND    4     // a command, no message
#define ZMTP_SHORT_SIZE      255   // largest size that fits in one byte
#define ZMTP_PING_CONTEXT    16    // most bytes of a PING that its PONG brings back
#define ZMTP_SHOWN_TEXT      80    // most characters of a peer's text that are shown

enum ENUM_ZMTP_ROLE
  {
   ZMTP_PUSH = 0,   // sends to a PULL
   ZMTP_PULL = 1,   // receives from a PUSH
   ZMTP_SUB  = 2,   // receives from a PUB or XPUB
   ZMTP_REQ  = 3    // asks a REP or ROUTER, one question at a time
  };

//--- what stands at the front of the received bytes
enum ENUM_ZMTP_FRONT
  {
   ZMTP_FRONT_PART  = 0,   // a part of a frame, the rest is to come
   ZMTP_FRONT_WHOLE = 1,   // a whole frame
   ZMTP_FRONT_WRONG = 2    // no frame of ZMTP, or one above the limit
  };

struct ZmtpFrame
  {
   uint              flags;
   int               head;    // bytes before the body: 2 or 9
   int               size;    // bytes of the body
  };

string ZmtpRoleName(const ENUM_ZMTP_ROLE role)
  {
   switch(role)
     {
      case ZMTP_PUSH:
         return("PUSH");
      case ZMTP_PULL:
         return("PULL");
      case ZMTP_SUB:
         return("SUB");
      default:
         return("REQ");
     }
  }

//--- the socket types that a role can talk to, as READY names them
string ZmtpPeerNames(const ENUM_ZMTP_ROLE role)
  {
   switch(role)
     {
      case ZMTP_PUSH:
         return("PULL");
      case ZMTP_PULL:
         return("PUSH");
      case ZMTP_SUB:
         return("PUB or XPUB");
      default:
         return("REP or ROUTER");
     }
  }

bool ZmtpFits(const ENUM_ZMTP_ROLE role, const string peerType)
  {
   switch(role)
     {
      case ZMTP_PUSH:
         return(peerType == "PULL");
      case ZMTP_PULL:
         return(peerType == "PUSH");
      case ZMTP_SUB:
         return(peerType == "PUB" || peerType == "XPUB");
      default:
         return(peerType == "REP" || peerType == "ROUTER");
     }
  }

//+------------------------------------------------------------------+
//| Writing                                                          |
//+------------------------------------------------------------------+
void ZmtpPutGreeting(CByteQueue &queue)
  {
   queue.Add(0xFF);
   queue.AddZeros(8);
   queue.Add(0x7F);
   queue.Add(3);
   queue.Add(1);
   queue.AddText("NULL");
   queue.AddZeros(ZMTP_GREETING_SIZE - queue.Size());
  }

void ZmtpPutHead(CByteQueue &queue, const uint flags, const int size)
  {
   if(size <= ZMTP_SHORT_SIZE)
     {
      queue.Add(flags);
      queue.Add((uint)size);
      return;
     }
   queue.Add(flags | ZMTP_FLAG_LONG);
   queue.AddZeros(4);
   for(int shift = 24; shift >= 0; shift -= 8)
      queue.Add((uint)size >> shift);
  }

//--- the head of a command, up to and with its name; dataSize bytes of data are to follow
void ZmtpPutCommand(CByteQueue &queue, const string name, const int dataSize)
  {
   const int nameSize = StringLen(name);
   ZmtpPutHead(queue, ZMTP_FLAG_COMMAND, 1 + nameSize + dataSize);
   queue.Add((uint)nameSize);
   queue.AddText(name);
  }

void ZmtpPutReady(CByteQueue &queue, const ENUM_ZMTP_ROLE role)
  {
   const string property = "Socket-Type";
   const string type = ZmtpRoleName(role);
   ZmtpPutCommand(queue, "READY", 1 + StringLen(property) + 4 + StringLen(type));
   queue.Add((uint)StringLen(property));
   queue.AddText(property);
   queue.AddZeros(3);
   queue.Add((uint)StringLen(type));
   queue.AddText(type);
  }

//--- time to live 0: the peer's own heartbeats decide when it gives up
void ZmtpPutPing(CByteQueue &queue)
  {
   ZmtpPutCommand(queue, "PING", 2);
   queue.AddZeros(2);
  }

//--- the answer to the PING whose context stands at a place of the received bytes
void ZmtpPutPong(CByteQueue &queue, const CByteQueue &received, const int place, const int size)
  {
   ZmtpPutCommand(queue, "PONG", size);
   queue.AddFrom(received, place, size);
  }

//--- ZMTP 3.1 has a command for it, 3.0 a message that begins with the byte 1 (rule E12)
void ZmtpPutSubscribe(CByteQueue &queue, const string topic, const bool peerIs31)
  {
   uchar bytes[];
   const int size = Utf8Bytes(topic, bytes);
   if(peerIs31)
      ZmtpPutCommand(queue, "SUBSCRIBE", size);
   else
     {
      ZmtpPutHead(queue, 0, 1 + size);
      queue.Add(1);
     }
   queue.AddBytes(bytes, 0, size);
  }

//+------------------------------------------------------------------+
//| Reading                                                          |
//+------------------------------------------------------------------+

//--- a peer's bytes for a person to read: other than printable ASCII becomes a question mark
string ZmtpShown(const CByteQueue &received, const int place, const int size)
  {
   string text = "";
   for(int i = 0; i < size && i < ZMTP_SHOWN_TEXT; i++)
     {
      const uint letter = received.At(place + i);
      const bool isShown = letter >= ' ' && letter <= '~';
      text += isShown ? ShortToString((ushort)letter) : "?";
     }
   return(text);
  }

bool ZmtpTextAt(const CByteQueue &received, const int place, const string text)
  {
   for(int i = 0; i < StringLen(text); i++)
     {
      if(received.At(place + i) != StringGetCharacter(text, i))
         return(false);
     }
   return(true);
  }

//--- what is wrong with the peer's greeting as far as it has come; empty where nothing is
string ZmtpGreetingFault(const CByteQueue &received)
  {
   const int size = received.Size();
   if((size > 0 && received.At(0) != 0xFF) || (size > 9 && received.At(9) != 0x7F))
      return("What answers does not speak ZMTP: another program may listen on this port.");
   if(size > ZMTP_VERSION_PLACE && received.At(ZMTP_VERSION_PLACE) < 3)
      return("The peer speaks a ZMTP older than 3.0: it needs libzmq 4.0 or newer.");
   if(size < ZMTP_GREETING_SIZE)
      return("");
   if(!ZmtpTextAt(received, ZMTP_MECHANISM_PLACE, "NULL") || received.At(ZMTP_MECHANISM_PLACE + 4) != 0)
      return("The peer asks for security (" + ZmtpShown(received, ZMTP_MECHANISM_PLACE, 5) + "): this program speaks the mechanism NULL only.");
   return("");
  }

bool ZmtpGreetingIs31(const CByteQueue &received)
  {
   return(received.At(ZMTP_VERSION_PLACE) > 3 || received.At(ZMTP_VERSION_PLACE + 1) > 0);
  }

//--- looks at the frame at the front; limit: largest body that is taken; fault: what is wrong with it
ENUM_ZMTP_FRONT ZmtpReadFrame(const CByteQueue &received, const int limit, ZmtpFrame &frame, string &fault)
  {
   const int there = received.Size();
   frame.head = 2;
   frame.size = 0;
   if(there == 0)
      return(ZMTP_FRONT_PART);
   frame.flags = received.At(0);
   const bool isCommand = (frame.flags & ZMTP_FLAG_COMMAND) != 0;
   if(frame.flags > 7 || (isCommand && (frame.flags & ZMTP_FLAG_MORE) != 0))
     {
      fault = "A frame has the flags " + IntegerToString((long)frame.flags) + ", which ZMTP does not know.";
      return(ZMTP_FRONT_WRONG);
     }
   ulong size = 0;
   if((frame.flags & ZMTP_FLAG_LONG) != 0)
      frame.head = 9;
   if(there < frame.head)
      return(ZMTP_FRONT_PART);
   for(int i = 1; i < frame.head; i++)
      size = (size << 8) | received.At(i);
   if(size > (ulong)limit)
     {
      fault = "A frame is larger than the limit of " + IntegerToString(limit) + " bytes.";
      return(ZMTP_FRONT_WRONG);
     }
   frame.size = (int)size;
   return(there < frame.head + frame.size ? ZMTP_FRONT_PART : ZMTP_FRONT_WHOLE);
  }

//--- whether the command whose body stands at a place has this name
bool ZmtpIsCommand(const CByteQueue &received, const int place, const int size, const string name)
  {
   const int nameSize = StringLen(name);
   return(size > nameSize && received.At(place) == (uint)nameSize && ZmtpTextAt(received, place + 1, name));
  }

//--- the reason of an ERROR command, whose body stands at a place
string ZmtpErrorReason(const CByteQueue &received, const int place, const int size)
  {
   if(size < 7)
      return("");
   int reason = (int)received.At(place + 6);
   if(reason > size - 7)
      reason = size - 7;
   return(ZmtpShown(received, place + 7, reason));
  }

//+------------------------------------------------------------------+
//| Finds Socket-Type among the properties of a READY, which stand   |
//| from place to end. Names of properties are the same in capitals. |
//| Gives false where the properties are cut off or it is not there. |
//+------------------------------------------------------------------+
bool ZmtpReadSocketType(const CByteQueue &received, const int place, const int end, string &type)
  {
   type = "";
   int at = place;
   while(at < end)
     {
      const int nameSize = (int)received.At(at);
      const int value = at + 1 + nameSize + 4;
      if(nameSize == 0 || value > end)
         return(false);
      ulong size = 0;
      for(int i = 4; i > 0; i--)
         size = (size << 8) | received.At(value - i);
      if(size > (ulong)(end - value))
         return(false);
      string name = ZmtpShown(received, at + 1, nameSize);
      StringToLower(name);
      if(name == "socket-type")
         type = ZmtpShown(received, value, (int)size);
      at = value + (int)size;
     }
   return(StringLen(type) > 0);
  }

#endif
//+------------------------------------------------------------------+
