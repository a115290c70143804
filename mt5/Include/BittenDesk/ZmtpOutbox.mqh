//+------------------------------------------------------------------+
//| ZmtpOutbox.mqh - what waits to be sent, and what became of it.   |
//|                                                                  |
//| Each message gets a number: 1, 2, 3 and so on, over all          |
//| connections of one socket. The outbox knows of each whether the  |
//| terminal's socket has taken all of its bytes. Messages of a      |
//| connection that ends are dropped, never kept for the next one:   |
//| the caller decides what it says again.                           |
//|                                                                  |
//| Control frames (the handshake, PING, PONG) have a queue of their |
//| own and go before the next message: a PONG behind a full outbox  |
//| would come too late (rule E11).                                  |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_ZMTPOUTBOX_MQH
#define BITTENDESK_ZMTPOUTBOX_MQH

#include <BittenDesk/ZmtpFrames.mqh>

#define ZMTP_MAX_FRAME       262144    // largest body of a message either way, bytes
#define ZMTP_MAX_OUT_BYTES   1048576   // bytes of messages that may wait
#define ZMTP_MAX_OUT         4096      // messages that may wait
#define ZMTP_MAX_CONTROL     65536     // bytes of control frames that may wait
#define ZMTP_SEND_CHUNK      8192      // bytes in one call of SocketSend
#define ZMTP_MAX_FATES       64        // stretches of messages that are remembered

//--- what became of a message
enum ENUM_ZMTP_FATE
  {
   ZMTP_FATE_NONE      = 0,   // no message has this number
   ZMTP_FATE_WAITING   = 1,   // it waits, or a part of it has left
   ZMTP_FATE_HANDED    = 2,   // the terminal's socket took all of it; whether it arrived, only an answer can tell
   ZMTP_FATE_DROPPED   = 3,   // the connection ended before all of it had left: the peer can't have read it
   ZMTP_FATE_FORGOTTEN = 4    // too long ago: more than ZMTP_MAX_FATES stretches
  };

//+------------------------------------------------------------------+
//| The outbox of one socket                                         |
//+------------------------------------------------------------------+
class CZmtpOutbox
  {
private:
   CByteQueue        m_control;      // control frames
   CByteQueue        m_messages;     // messages as frames
   CNumberQueue      m_ends;         // of each waiting message: bytes of all messages up to its end
   long              m_added;        // bytes of messages that came in since the connection began
   long              m_left;         // bytes of messages that have left
   long              m_boundary;     // m_left at the end of the last message that has left
   bool              m_takesControl; // NextChunk gave control frames
   ulong             m_last;         // number of the last message that came in
   //--- stretches of messages with the same fate, in order; each ends with the message m_through
   ulong             m_through[];
   ENUM_ZMTP_FATE    m_fates[];
   ulong             m_forgotten;    // messages up to this one are forgotten

   void              Settle(const ulong through, const ENUM_ZMTP_FATE fate)
     {
      const int count = ArraySize(m_fates);
      if(count > 0 && m_fates[count - 1] == fate)
        {
         m_through[count - 1] = through;
         return;
        }
      if(count == ZMTP_MAX_FATES)
        {
         m_forgotten = m_through[0];
         ArrayRemove(m_through, 0, 1);
         ArrayRemove(m_fates, 0, 1);
         Settle(through, fate);
         return;
        }
      ArrayResize(m_through, count + 1, ZMTP_MAX_FATES);
      ArrayResize(m_fates, count + 1, ZMTP_MAX_FATES);
      m_through[count] = through;
      m_fates[count] = fate;
     }

public:
                     CZmtpOutbox(void)
     {
      m_added = 0;
      m_left = 0;
      m_boundary = 0;
      m_takesControl = false;
      m_last = 0;
      m_forgotten = 0;
     }

   //--- messages that wait, the one of which a part has left among them
   int               Waiting(void) const
     {
      return(m_ends.Size());
     }

   int               WaitingBytes(void) const
     {
      return(m_control.Size() + m_messages.Size());
     }

   //--- whether a message of this size finds room
   bool              HasRoom(const int size) const
     {
      return(m_ends.Size() < ZMTP_MAX_OUT && m_messages.Size() + size <= ZMTP_MAX_OUT_BYTES);
     }

   //--- puts a message in, after an empty frame where delimited; gives its number
   ulong             Add(const uchar &body[], const int size, const bool delimited)
     {
      const int before = m_messages.Size();
      if(delimited)
         ZmtpPutHead(m_messages, ZMTP_FLAG_MORE, 0);
      ZmtpPutHead(m_messages, 0, size);
      m_messages.AddBytes(body, 0, size);
      m_added += m_messages.Size() - before;
      m_ends.Add(m_added);
      m_last++;
      return(m_last);
     }

   //--- puts control frames in; false where too many wait already
   bool              AddControl(const CByteQueue &frames)
     {
      if(m_control.Size() + frames.Size() > ZMTP_MAX_CONTROL)
         return(false);
      m_control.AddFrom(frames, 0, frames.Size());
      return(true);
     }

   //--- the bytes that are to leave next; gives their number, 0 where nothing waits
   int               NextChunk(uchar &chunk[])
     {
      m_takesControl = m_control.Size() > 0 && m_left == m_boundary;
      int count = m_messages.Size();
      if(m_takesControl)
         count = m_control.Size();
      else
         if(m_control.Size() > 0)
            count = (int)(m_ends.At(0) - m_left);   // only the rest of this message
      if(count > ZMTP_SEND_CHUNK)
         count = ZMTP_SEND_CHUNK;
      if(m_takesControl)
         m_control.CopyTo(chunk, 0, count);
      else
         m_messages.CopyTo(chunk, 0, count);
      return(count);
     }

   //--- so many bytes of the chunk have been taken by the terminal's socket
   void              Left(const int count)
     {
      if(m_takesControl)
        {
         m_control.Drop(count);
         return;
        }
      m_messages.Drop(count);
      m_left += count;
      while(m_ends.Size() > 0 && m_ends.At(0) <= m_left)
        {
         m_boundary = m_ends.At(0);
         m_ends.DropFirst();
         Settle(m_last - (ulong)m_ends.Size(), ZMTP_FATE_HANDED);
        }
     }

   //--- the connection has ended; gives the number of messages that were dropped
   int               End(void)
     {
      const int dropped = m_ends.Size();
      if(dropped > 0)
         Settle(m_last, ZMTP_FATE_DROPPED);
      m_control.Clear();
      m_messages.Clear();
      m_ends.Clear();
      m_added = 0;
      m_left = 0;
      m_boundary = 0;
      return(dropped);
     }

   ENUM_ZMTP_FATE    Fate(const ulong number) const
     {
      if(number == 0 || number > m_last)
         return(ZMTP_FATE_NONE);
      if(number <= m_forgotten)
         return(ZMTP_FATE_FORGOTTEN);
      for(int i = 0; i < ArraySize(m_fates); i++)
        {
         if(number <= m_through[i])
            return(m_fates[i]);
        }
      return(ZMTP_FATE_WAITING);
     }
  };

#endif
//+------------------------------------------------------------------+
