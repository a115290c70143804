//+------------------------------------------------------------------+
//| ZmtpConnection.mqh - one connection at a time, from TCP to its   |
//| end: greeting, READY, frames, PING and PONG.                     |
//|                                                                  |
//| Whatever is not ZMTP, or not for this kind of socket, ends the   |
//| connection with a reason in words. Nothing is guessed and        |
//| nothing is skipped, so that no half of a message is ever taken   |
//| for a whole one.                                                 |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_ZMTPCONNECTION_MQH
#define BITTENDESK_ZMTPCONNECTION_MQH

#include <BittenDesk/ZmtpInbox.mqh>
#include <BittenDesk/ZmtpPulse.mqh>
#include <BittenDesk/ZmtpRequest.mqh>
#include <BittenDesk/ZmtpSocket.mqh>

#define ZMTP_CONNECT_MS      250     // connecting waits so long at most
#define ZMTP_HANDSHAKE_MS    5000    // from the connection to the peer's READY
#define ZMTP_HANDSHAKE_FRAME 4096    // largest frame before the peer's READY, bytes

enum ENUM_ZMTP_STATE
  {
   ZMTP_CLOSED    = 0,   // no connection
   ZMTP_CONNECTED = 1,   // TCP is up; MQL5 can't send in the step of connecting (rule E4)
   ZMTP_GREETING  = 2,   // our greeting is on its way, the peer's is awaited
   ZMTP_READY     = 3,   // the peer's READY is awaited
   ZMTP_OPEN      = 4    // messages flow
  };

class CZmtpConnection
  {
private:
   ENUM_ZMTP_ROLE    m_role;
   string            m_address;      // host:port, for texts
   string            m_topics[];     // SUB: what it subscribes to
   CZmtpSocket       m_socket;
   CByteQueue        m_received;     // bytes that are not yet whole frames
   CByteQueue        m_control;      // control frames that are being written
   CZmtpOutbox       m_outbox;
   CZmtpInbox        m_inbox;
   CZmtpPulse        m_pulse;
   CZmtpRequest      m_request;      // REQ
   ENUM_ZMTP_STATE   m_state;
   ulong             m_since;        // when TCP came up, later when the connection was open
   bool              m_saidReady;    // our READY has been written
   bool              m_peerIs31;     // the peer speaks ZMTP 3.1, so it knows PING
   string            m_reason;       // why the last connection ended
   bool              m_isRefused;    // it ended with the peer's ERROR
   ulong             m_sessions;
   ulong             m_dropped;

   //--- ends the connection; gives false, so that a caller can end with it
   bool              End(const string reason)
     {
      m_reason = reason;
      m_socket.Close();
      m_dropped += (ulong)m_outbox.End();
      m_received.Clear();
      m_request.End();
      m_state = ZMTP_CLOSED;
      return(false);
     }

   //--- hands what was written to m_control to the outbox
   bool              PutControl(void)
     {
      const bool fits = m_outbox.AddControl(m_control);
      m_control.Clear();
      if(!fits)
         return(End("The peer sends PINGs and does not read the answers."));
      return(true);
     }

   //--- libzmq ends a connection of the wrong type without a word as soon as it has our READY (rule E13). Its own
   //--- READY comes with its greeting, so ours goes out after that has been looked at.
   bool              SayReady(void)
     {
      if(m_saidReady)
         return(true);
      m_saidReady = true;
      ZmtpPutReady(m_control, m_role);
      return(PutControl());
     }

   bool              OnReady(const int place, const int end)
     {
      string type = "";
      if(!ZmtpReadSocketType(m_received, place, end, type))
         return(End("The peer's READY names no socket type."));
      if(!ZmtpFits(m_role, type))
         return(End("The peer at " + m_address + " is a " + type + " socket, but a " + ZmtpRoleName(m_role) + " needs a " + ZmtpPeerNames(m_role) + ": check port and pattern."));
      m_state = ZMTP_OPEN;
      m_since = GetTickCount64();
      m_sessions++;
      if(!SayReady())
         return(false);
      for(int i = 0; i < ArraySize(m_topics); i++)
         ZmtpPutSubscribe(m_control, m_topics[i], m_peerIs31);
      return(PutControl());
     }

   bool              OnError(const int place, const int size)
     {
      m_isRefused = true;
      return(End("The peer refuses this connection: ERROR \"" + ZmtpErrorReason(m_received, place, size) + "\"."));
     }

   bool              OnPing(const int place, const int size)
     {
      const int context = size - 7;   // behind the name and two bytes of time to live
      if(context < 0 || context > ZMTP_PING_CONTEXT)
         return(End("A PING of the peer has " + IntegerToString(size) + " bytes, which ZMTP does not allow."));
      ZmtpPutPong(m_control, m_received, place + 7, context);
      return(PutControl());
     }

   bool              OnCommand(const int place, const int size)
     {
      const bool isReady = ZmtpIsCommand(m_received, place, size, "READY");
      if(ZmtpIsCommand(m_received, place, size, "ERROR"))
         return(OnError(place, size));
      if(isReady && m_state == ZMTP_OPEN)
         return(End("The peer sent READY twice."));
      if(isReady)
         return(OnReady(place + 6, place + size));
      if(m_state != ZMTP_OPEN)
         return(End("The peer sent another command where its READY was due."));
      if(ZmtpIsCommand(m_received, place, size, "PING"))
         return(OnPing(place, size));
      return(true);   // PONG, and commands of later versions
     }

   //--- why a frame of a message is not what this kind of socket takes; empty where it is
   string            FaultOf(const bool more, const int size)
     {
      if(m_state != ZMTP_OPEN)
         return("The peer sent a message where its READY was due.");
      if(m_role == ZMTP_PUSH)
         return("The peer sent a message, but a PULL socket sends none.");
      if(m_role == ZMTP_REQ)
         return(m_request.Take(more, size));
      return(more ? "A message of several frames came where one frame is expected." : "");
     }

   bool              OnMessage(const uint flags, const int place, const int size)
     {
      const bool more = (flags & ZMTP_FLAG_MORE) != 0;
      const string fault = FaultOf(more, size);
      if(StringLen(fault) > 0)
         return(End(fault));
      if(!more)
         m_inbox.Add(m_received, place, size);
      return(true);
     }

   bool              ReadGreeting(void)
     {
      const string fault = ZmtpGreetingFault(m_received);
      if(StringLen(fault) > 0)
         return(End(fault));
      if(m_received.Size() < ZMTP_GREETING_SIZE)
         return(true);
      m_peerIs31 = ZmtpGreetingIs31(m_received);
      m_received.Drop(ZMTP_GREETING_SIZE);
      m_state = ZMTP_READY;
      return(true);
     }

   //--- takes the whole frames among the received bytes; false: the connection has ended
   bool              ReadFrames(void)
     {
      if(m_state == ZMTP_GREETING && !ReadGreeting())
         return(false);
      while(m_state >= ZMTP_READY && m_inbox.HasRoom())
        {
         ZmtpFrame frame;
         string fault = "";
         const int limit = m_state == ZMTP_OPEN ? ZMTP_MAX_FRAME : ZMTP_HANDSHAKE_FRAME;
         const ENUM_ZMTP_FRONT front = ZmtpReadFrame(m_received, limit, frame, fault);
         if(front == ZMTP_FRONT_WRONG)
            return(End(fault));
         if(front == ZMTP_FRONT_PART)
            return(true);
         const bool isCommand = (frame.flags & ZMTP_FLAG_COMMAND) != 0;
         const bool stands = isCommand ? OnCommand(frame.head, frame.size) : OnMessage(frame.flags, frame.head, frame.size);
         if(!stands)
            return(false);
         m_received.Drop(frame.head + frame.size);
        }
      return(true);
     }

   //--- reads what came. While the inbox is full nothing is read, so that no memory fills up.
   bool              Read(const ulong now, bool &drained)
     {
      drained = false;
      if(!ReadFrames())
         return(false);
      if(!m_inbox.HasRoom())
         return(true);
      if(m_socket.Read(m_received, drained) > 0)
         m_pulse.Heard(now);
      return(ReadFrames());
     }

   //--- reads and judges what came; false: the connection has ended
   bool              Hear(const ulong now)
     {
      const bool connected = m_socket.IsConnected();   // asked first: what came before the end still counts (rule E5)
      bool drained = false;
      if(!Read(now, drained))
         return(false);
      if(!connected && drained && m_state == ZMTP_OPEN)
         return(End("The peer closed the connection."));
      if(!connected && drained)
         return(End("The peer closed the connection before the handshake was done: check port and pattern, and whether another program is connected there."));
      if(m_state != ZMTP_OPEN && now - m_since > ZMTP_HANDSHAKE_MS)
         return(End("The peer did not finish the handshake within " + IntegerToString(ZMTP_HANDSHAKE_MS) + " ms."));
      if(m_request.IsLate(now))
         return(End("No reply came within " + IntegerToString((long)m_request.LimitMs()) + " ms."));
      return(true);
     }

   //--- asks a peer that has been quiet for a sign of life; a full inbox keeps us from hearing one
   bool              Ping(const ulong now)
     {
      if(m_state != ZMTP_OPEN || !m_peerIs31 || !m_inbox.HasRoom())
         return(true);
      if(m_pulse.IsSilent(now))
         return(End("The peer has been silent for " + IntegerToString(ZMTP_SILENCE_MS) + " ms after a PING."));
      if(!m_pulse.IsDue(now))
         return(true);
      m_pulse.Pinged(now);
      ZmtpPutPing(m_control);
      return(PutControl());
     }

public:
                     CZmtpConnection(void)
     {
      m_role = ZMTP_PUSH;
      m_address = "";
      m_since = 0;
      m_sessions = 0;
      m_dropped = 0;
      m_saidReady = false;
      m_peerIs31 = false;
      m_isRefused = false;
      End("");
     }

   //--- ends what is there and sets what the next connection is for
   void              Init(const ENUM_ZMTP_ROLE role, const string address)
     {
      End("");
      m_inbox.Clear();
      ArrayResize(m_topics, 0);
      m_role = role;
      m_address = address;
     }

   void              AddTopic(const string topic)
     {
      const int count = ArraySize(m_topics);
      ArrayResize(m_topics, count + 1);
      m_topics[count] = topic;
     }

   void              UsePings(const bool on)
     {
      m_pulse.Use(on);
     }

   void              LimitReply(const uint limitMs)
     {
      m_request.Limit(limitMs);
     }

   //--- waits up to ZMTP_CONNECT_MS
   void              Connect(const string host, const uint port)
     {
      m_isRefused = false;
      if(!m_socket.Connect(host, port, ZMTP_CONNECT_MS))
        {
         End(m_socket.Fault(m_address));
         return;
        }
      m_since = GetTickCount64();
      m_pulse.Heard(m_since);
      m_saidReady = false;
      m_state = ZMTP_CONNECTED;
     }

   //--- reads and sends, without waiting
   void              Step(void)
     {
      const ulong now = GetTickCount64();
      if(m_state == ZMTP_CONNECTED)
        {
         ZmtpPutGreeting(m_control);
         PutControl();
         m_state = ZMTP_GREETING;
        }
      if(!Hear(now) || !Ping(now) || (m_state == ZMTP_READY && !SayReady()))
         return;
      if(!m_socket.Send(m_outbox))
         End("The connection broke while sending (error " + IntegerToString(m_socket.Error()) + ").");
     }

   void              Close(void)
     {
      End("The connection was closed on this side.");
     }

   //--- why a message of this size can't be sent now; empty where it can
   string            Refusal(const int size) const
     {
      if(m_role == ZMTP_PULL || m_role == ZMTP_SUB)
         return("A " + ZmtpRoleName(m_role) + " socket can't send.");
      if(size > ZMTP_MAX_FRAME)
         return("The message has " + IntegerToString(size) + " bytes; the limit is " + IntegerToString(ZMTP_MAX_FRAME) + ".");
      if(m_state != ZMTP_OPEN)
         return("There is no connection to " + m_address + ".");
      if(m_role == ZMTP_REQ && (m_request.IsOut() || m_inbox.Waiting() > 0))
         return("The reply to the last request has not been taken yet.");
      if(!m_outbox.HasRoom(size))
         return("The outbox is full: the peer reads too slowly.");
      return("");
     }

   //--- only where Refusal is empty; gives the message's number
   ulong             Send(const uchar &body[], const int size)
     {
      if(m_role == ZMTP_REQ)
         m_request.Ask(GetTickCount64());
      return(m_outbox.Add(body, size, m_role == ZMTP_REQ));
     }

   bool              Receive(uchar &body[])
     {
      return(m_inbox.Take(body));
     }

   ENUM_ZMTP_FATE    Fate(const ulong number) const
     {
      return(m_outbox.Fate(number));
     }

   ENUM_ZMTP_STATE   State(void) const
     {
      return(m_state);
     }

   //--- when the present state OPEN began, by GetTickCount64
   ulong             Since(void) const
     {
      return(m_since);
     }

   bool              AwaitsReply(void) const
     {
      return(m_request.IsOut());
     }

   string            Reason(void) const
     {
      return(m_reason);
     }

   bool              IsRefused(void) const
     {
      return(m_isRefused);
     }

   int               Waiting(void) const
     {
      return(m_outbox.Waiting());
     }

   ulong             Sessions(void) const
     {
      return(m_sessions);
     }

   ulong             MessagesIn(void) const
     {
      return(m_inbox.Total());
     }

   ulong             MessagesDropped(void) const
     {
      return(m_dropped);
     }
  };

#endif
//+------------------------------------------------------------------+
