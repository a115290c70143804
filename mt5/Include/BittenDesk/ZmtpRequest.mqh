//+------------------------------------------------------------------+
//| ZmtpRequest.mqh - the rule of a REQ socket: one request, then    |
//| one reply, which is an empty frame and the body.                 |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_ZMTPREQUEST_MQH
#define BITTENDESK_ZMTPREQUEST_MQH

#define ZMTP_REPLY_MS  10000   // limit of the time from a request to its reply, unless set otherwise

//--- times are those of GetTickCount64
class CZmtpRequest
  {
private:
   uint              m_limitMs;
   bool              m_isOut;      // a request is out
   bool              m_isInside;   // the empty frame of its reply has come
   ulong             m_asked;

public:
                     CZmtpRequest(void)
     {
      m_limitMs = ZMTP_REPLY_MS;
      m_asked = 0;
      End();
     }

   void              Limit(const uint limitMs)
     {
      m_limitMs = limitMs;
     }

   uint              LimitMs(void) const
     {
      return(m_limitMs);
     }

   void              Ask(const ulong now)
     {
      m_isOut = true;
      m_asked = now;
     }

   bool              IsOut(void) const
     {
      return(m_isOut);
     }

   bool              IsLate(const ulong now) const
     {
      return(m_isOut && now - m_asked > m_limitMs);
     }

   //--- takes a frame from the peer and gives what is wrong with it; empty where it fits
   string            Take(const bool more, const int size)
     {
      if(!m_isOut)
         return("A reply came, but no request was out.");
      if(more == m_isInside || (more && size > 0))
         return("A reply came in other frames than an empty one and a body.");
      m_isInside = more;
      m_isOut = more;
      return("");
     }

   //--- the connection has ended: the reply can't come any more
   void              End(void)
     {
      m_isOut = false;
      m_isInside = false;
     }
  };

#endif
//+------------------------------------------------------------------+
