//+------------------------------------------------------------------+
//| Links.mqh - the sockets to the backend: commands, telemetry, and |
//| feedback, which shares telemetry's socket unless it has a port.  |
//|                                                                  |
//| Feedback that has not left is kept until the next connection. By |
//| request and reply it is sent again until it is acknowledged.     |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_LINKS_MQH
#define BITTENDESK_LINKS_MQH

#include <BittenDesk/OrderReports.mqh>
#include <BittenDesk/Zmtp.mqh>

#define LINKS_MOST_WAITING  10000   // reports that wait for a connection
#define LINKS_FEW_WAITING   16      // messages that wait to leave, with which prices, figures, lists and deals still go out
#define LINKS_REPLY_MS      2000    // a request without a reply is sent again after so long
#define LINKS_RECENT        64      // reports that are told again over the next connection
#define LINKS_RECENT_MS     15000   // if they left no longer than this before the end of the one that may have lost them

class CLinks
  {
private:
   CZmtp             m_commands;
   CZmtp             m_telemetry;
   CZmtp             m_feedback;
   bool              m_hasFeedback;    // a socket of its own
   bool              m_isRequest;
   string            m_waiting[];      // reports, the oldest first
   int               m_waitingCount;
   ulong             m_number;         // of the first one, where it is on its way; 0: it is not
   ulong             m_connections;    // of the socket when it was sent
   string            m_recent[LINKS_RECENT];
   ulong             m_recentAt[LINKS_RECENT];   // GetTickCount64; 0: none
   int               m_recentNext;
   ulong             m_pushSessions;   // of the socket by which reports leave
   ulong             m_openAt;         // GetTickCount64: when that socket was last seen open

   void              DropFirst(void)
     {
      ArrayRemove(m_waiting, 0, 1);
      m_waitingCount--;
      m_number = 0;
     }

   void              DropHanded(void)
     {
      Remember(m_waiting[0]);
      DropFirst();
     }

   void              Remember(const string json)
     {
      m_recent[m_recentNext] = json;
      m_recentAt[m_recentNext] = GetTickCount64();
      m_recentNext = (m_recentNext + 1) % LINKS_RECENT;
     }

   //--- what left shortly before the connection ended may not have arrived: it is told again, marked as a repeat, however
   //--- long no connection was there
   void              TellAgain(void)
     {
      for(int i = 0; i < LINKS_RECENT; i++)
        {
         const int at = (m_recentNext + i) % LINKS_RECENT;
         if(m_recentAt[at] > 0 && m_recentAt[at] + LINKS_RECENT_MS >= m_openAt)
            Report(COrderReports::Again(m_recent[at]));
         m_recentAt[at] = 0;
        }
     }

   //--- PUSH: out of the list as soon as the terminal's socket took it
   void              StepPush(CZmtp &socket)
     {
      if(socket.IsOpen() && socket.Sessions() != m_pushSessions)
        {
         if(m_pushSessions > 0)
            TellAgain();
         m_pushSessions = socket.Sessions();
        }
      if(socket.IsOpen())
         m_openAt = GetTickCount64();
      if(m_number != 0)
        {
         const ENUM_ZMTP_FATE fate = socket.Fate(m_number);
         if(fate == ZMTP_FATE_WAITING)
            return;
         if(fate == ZMTP_FATE_HANDED)
            DropHanded();
         m_number = 0;
        }
      while(m_number == 0 && m_waitingCount > 0 && socket.IsOpen())
        {
         m_number = socket.SendText(m_waiting[0]);
         if(m_number == 0)
            return;
         socket.Step();
         if(socket.Fate(m_number) == ZMTP_FATE_HANDED)
            DropHanded();
        }
     }

   //--- REQ: out of the list when the reply is there
   void              StepRequest(void)
     {
      uchar reply[];
      while(m_feedback.Receive(reply))
         if(m_number != 0)
            DropFirst();
      if(m_number != 0 && (!m_feedback.IsOpen() || m_feedback.Sessions() != m_connections))
         m_number = 0;
      if(m_number != 0 || m_waitingCount == 0 || !m_feedback.IsOpen() || m_feedback.AwaitsReply())
         return;
      m_number = m_feedback.SendText(m_waiting[0]);
      m_connections = m_feedback.Sessions();
      m_feedback.Step();
     }

public:
                     CLinks(void)
     {
      m_hasFeedback = false;
      m_isRequest = false;
      m_waitingCount = 0;
      m_number = 0;
      m_connections = 0;
      m_recentNext = 0;
      m_pushSessions = 0;
      m_openAt = 0;
      ArrayInitialize(m_recentAt, 0);
     }

   //--- feedbackPort 0: feedback shares telemetry's socket
   void              Init(const string host, const uint commandPort, const uint telemetryPort, const uint feedbackPort, const bool isPublished, const string topic, const bool isRequest)
     {
      m_commands.Init(isPublished ? ZMTP_SUB : ZMTP_PULL, host, commandPort);
      if(isPublished)
         m_commands.Subscribe(topic);
      m_telemetry.Init(ZMTP_PUSH, host, telemetryPort);
      m_hasFeedback = feedbackPort > 0;
      m_isRequest = m_hasFeedback && isRequest;
      if(m_hasFeedback)
         m_feedback.Init(m_isRequest ? ZMTP_REQ : ZMTP_PUSH, host, feedbackPort);
      if(m_isRequest)
         m_feedback.LimitReply(LINKS_REPLY_MS);
      m_number = 0;
     }

   void              Close(void)
     {
      m_commands.Close();
      m_telemetry.Close();
      if(m_hasFeedback)
         m_feedback.Close();
     }

   void              Step(void)
     {
      m_telemetry.Step();
      m_commands.Step();
      if(m_hasFeedback)
         m_feedback.Step();
      Flush();
     }

   //--- sends what waits over connections that are open. A socket must not send in the step in which it connected (E4).
   void              Flush(void)
     {
      if(m_isRequest)
         StepRequest();
      else
         if(m_hasFeedback)
            StepPush(m_feedback);
         else
            StepPush(m_telemetry);
     }

   bool              IsOpen(void) const
     {
      return(m_commands.IsOpen() && m_telemetry.IsOpen() && (!m_hasFeedback || m_feedback.IsOpen()));
     }

   //--- another number: at least one socket has another connection
   ulong             Connections(void) const
     {
      return(m_commands.Sessions() + m_telemetry.Sessions() + (m_hasFeedback ? m_feedback.Sessions() : 0));
     }

   bool              Receive(uchar &body[])
     {
      return(m_commands.Receive(body));
     }

   //--- what is of now alone: dropped where there is no connection or no room, which false says
   bool              Say(const string json)
     {
      return(StringLen(json) > 0 && m_telemetry.IsOpen() && m_telemetry.SendText(json) != 0);
     }

   //--- whether little waits to leave, so that prices, figures and long lists keep no report from leaving
   bool              HasRoom(void) const
     {
      return(m_telemetry.IsOpen() && m_telemetry.Waiting() < LINKS_FEW_WAITING);
     }

   //--- what must arrive; false: too many wait already
   bool              Report(const string json)
     {
      if(StringLen(json) == 0 || m_waitingCount >= LINKS_MOST_WAITING)
         return(false);
      ArrayResize(m_waiting, m_waitingCount + 1, 256);
      m_waiting[m_waitingCount] = json;
      m_waitingCount++;
      return(true);
     }

   //--- the three channels in a few words each, for a chart's comment
   string            Status(void) const
     {
      return("Commands: " + m_commands.Status() + "\nTelemetry: " + m_telemetry.Status() + "\nFeedback: " + (m_hasFeedback ? m_feedback.Status() : "with telemetry"));
     }
  };

#endif
//+------------------------------------------------------------------+
