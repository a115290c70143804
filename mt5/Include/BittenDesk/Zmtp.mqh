//+------------------------------------------------------------------+
//| Zmtp.mqh - a ZeroMQ socket without a DLL: PUSH, PULL, SUB or REQ,|
//| by ZMTP 3.1 over MQL5's own TCP sockets (mechanism NULL).        |
//|                                                                  |
//| It connects, it never binds, and it connects anew by itself,     |
//| after a wait that grows and varies. Call Step from OnTimer,      |
//| every 20 ms or so: the other side may want the handshake done    |
//| within a second. The address must stand in the terminal's list   |
//| of allowed URLs.                                                 |
//|                                                                  |
//| Send puts a message into the outbox while the connection is      |
//| open, and gives it a number. Fate tells by the number what       |
//| became of it. Nothing is ever sent twice by itself: a message    |
//| that was dropped, or a request without a reply, is for the       |
//| caller to send again.                                            |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_ZMTP_MQH
#define BITTENDESK_ZMTP_MQH

#include <BittenDesk/ZmtpConnection.mqh>

#define ZMTP_BACKOFF_MIN_MS  250    // the first wait is from half of this to this
#define ZMTP_BACKOFF_MAX_MS  8000   // each further one is twice as long, up to this
#define ZMTP_STABLE_MS       2000   // after a connection that was open so long the next wait is a first one

class CZmtp
  {
private:
   CZmtpConnection   m_connection;
   string            m_host;
   uint              m_port;
   ulong             m_retryAt;     // by GetTickCount64
   uint              m_backoff;     // longest next wait
   uint              m_random;
   string            m_refusal;     // why the last message was not taken

   //--- 0 to most
   uint              Random(const uint most)
     {
      m_random = m_random * 1664525 + 1013904223;
      return((m_random >> 8) % (most + 1));
     }

   //--- the connection has ended, or was not made: when to try again
   void              Wait(const bool wasStable)
     {
      if(wasStable)
         m_backoff = ZMTP_BACKOFF_MIN_MS;
      if(m_connection.IsRefused())
         m_backoff = ZMTP_BACKOFF_MAX_MS;
      m_retryAt = GetTickCount64() + m_backoff / 2 + Random(m_backoff / 2);
      m_backoff = 2 * m_backoff;
      if(m_backoff > ZMTP_BACKOFF_MAX_MS)
         m_backoff = ZMTP_BACKOFF_MAX_MS;
     }

public:
                     CZmtp(void)
     {
      m_random = 1;
      Init(ZMTP_PUSH, "", 0);
     }

   //--- sets role and address; ends a connection that is there. The next Step connects.
   void              Init(const ENUM_ZMTP_ROLE role, const string host, const uint port)
     {
      m_connection.Init(role, host + ":" + IntegerToString((long)port));
      m_host = host;
      m_port = port;
      m_retryAt = 0;
      m_backoff = ZMTP_BACKOFF_MIN_MS;
      m_random += (uint)(GetMicrosecondCount() & 0xFFFFFF) + 7919 * port;
      m_refusal = "";
     }

   //--- SUB, after Init: messages that begin with the topic; an empty topic is all messages
   void              Subscribe(const string topic)
     {
      m_connection.AddTopic(topic);
     }

   //--- PINGs are on unless switched off. Without them an end that goes unnoticed stays so until a send fails.
   void              UsePings(const bool on)
     {
      m_connection.UsePings(on);
     }

   //--- REQ: the connection ends after so long without a reply, milliseconds
   void              LimitReply(const uint limitMs)
     {
      m_connection.LimitReply(limitMs);
     }

   //--- ends the connection at once; what waits in the outbox is dropped. The next Step connects again.
   void              Close(void)
     {
      m_connection.Close();
      m_retryAt = 0;
     }

   //--- one step, for OnTimer. Only connecting waits, for ZMTP_CONNECT_MS at most.
   void              Step(void)
     {
      if(m_connection.State() == ZMTP_CLOSED)
        {
         if(GetTickCount64() < m_retryAt)
            return;
         m_connection.Connect(m_host, m_port);
         if(m_connection.State() == ZMTP_CLOSED)
            Wait(false);
         return;
        }
      const bool isStable = m_connection.State() == ZMTP_OPEN && GetTickCount64() - m_connection.Since() >= ZMTP_STABLE_MS;
      m_connection.Step();
      if(m_connection.State() == ZMTP_CLOSED)
         Wait(isStable);
     }

   //--- puts a message into the outbox and gives its number; 0: it was not taken, Refusal says why
   ulong             Send(const uchar &body[], const int size)
     {
      m_refusal = m_connection.Refusal(size);
      if(StringLen(m_refusal) > 0)
         return(0);
      return(m_connection.Send(body, size));
     }

   //--- the same with a text, as UTF-8
   ulong             SendText(const string text)
     {
      uchar body[];
      const int size = Utf8Bytes(text, body);
      return(Send(body, size));
     }

   //--- what became of the message with this number
   ENUM_ZMTP_FATE    Fate(const ulong number) const
     {
      return(m_connection.Fate(number));
     }

   //--- the oldest message that has come; false where there is none
   bool              Receive(uchar &body[])
     {
      return(m_connection.Receive(body));
     }

   bool              IsOpen(void) const
     {
      return(m_connection.State() == ZMTP_OPEN);
     }

   //--- number of handshakes so far: another number is another connection
   ulong             Sessions(void) const
     {
      return(m_connection.Sessions());
     }

   //--- REQ: whether a request is out
   bool              AwaitsReply(void) const
     {
      return(m_connection.AwaitsReply());
     }

   //--- why the last connection ended or was not made; empty where there was none
   string            Reason(void) const
     {
      return(m_connection.Reason());
     }

   //--- why the last Send took nothing; empty where it did
   string            Refusal(void) const
     {
      return(m_refusal);
     }

   //--- the connection in a few words, for a chart's comment
   string            Status(void) const
     {
      if(m_connection.State() == ZMTP_OPEN)
         return("connected");
      if(m_connection.State() != ZMTP_CLOSED || StringLen(m_connection.Reason()) == 0)
         return("connecting");
      return(m_connection.Reason());
     }

   //--- messages that wait to leave
   int               Waiting(void) const
     {
      return(m_connection.Waiting());
     }

   //--- counts of all connections
   ulong             MessagesIn(void) const
     {
      return(m_connection.MessagesIn());
     }

   ulong             MessagesDropped(void) const
     {
      return(m_connection.MessagesDropped());
     }
  };

#endif
//+------------------------------------------------------------------+
