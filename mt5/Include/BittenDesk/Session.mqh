//+------------------------------------------------------------------+
//| Session.mqh - whom this EA obeys: the desk that has welcomed it, |
//| its session, its count of starts, and the age of its orders.     |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_SESSION_MQH
#define BITTENDESK_SESSION_MQH

#include <BittenDesk/Command.mqh>
#include <BittenDesk/Ledger.mqh>
#include <BittenDesk/UtcClock.mqh>

#define SESSION_EARLY_MS   250     // a command that comes so long before it was sent shows that the desk's clock was set
#define SESSION_OFFSET_MS  45000   // an offset is the lowest of this time and of the one before

class CSession
  {
private:
   string            m_session;      // empty: not welcomed on this connection
   bool              m_isOther;      // its count of starts is below the highest that was seen
   long              m_offset;       // lowest of the present stretch; LONG_MAX: none
   long              m_earlier;      // of the stretch before
   ulong             m_stretchAt;

   void              Turn(void)
     {
      if(GetTickCount64() - m_stretchAt < SESSION_OFFSET_MS)
         return;
      m_earlier = GetTickCount64() - m_stretchAt < 2 * SESSION_OFFSET_MS ? m_offset : LONG_MAX;
      m_offset = LONG_MAX;
      m_stretchAt = GetTickCount64();
     }

public:
                     CSession(void)
     {
      m_isOther = false;
      End();
     }

   //--- the connection has ended, or the clock was set
   void              End(void)
     {
      m_session = "";
      ForgetOffset();
     }

   void              ForgetOffset(void)
     {
      m_offset = LONG_MAX;
      m_earlier = LONG_MAX;
      m_stretchAt = GetTickCount64();
     }

   bool              IsWelcomed(void) const
     {
      return(StringLen(m_session) > 0);
     }

   bool              Is(const string session) const
     {
      return(IsWelcomed() && session == m_session);
     }

   //--- whether a desk with a higher count of starts has commanded this account
   bool              IsOther(void) const
     {
      return(m_isOther);
     }

   //--- false: it can't be recorded, so that nothing of this session is taken
   bool              Welcome(CLedger &ledger, const Command &command, const long nowMs)
     {
      if(Is(command.session))
         return(true);
      const bool isOther = command.epoch < ledger.Epoch();
      if(!ledger.PutSession(command.session, command.epoch, nowMs))
         return(false);
      m_session = command.session;
      m_isOther = isOther;
      ForgetOffset();
      return(true);
     }

   //--- a numbered ping tells how far the clocks are apart, as little delayed as any of them was
   void              OnPing(const Command &command, const long nowMs)
     {
      Turn();
      const long offset = nowMs - command.sentAt;
      if(offset < m_offset)
         m_offset = offset;
     }

   //--- the EA's time from which on an order is expired; 0: no ping has told how far the clocks are apart
   long              LatestMs(const Command &command, const long nowMs)
     {
      Turn();
      const long offset = m_offset < m_earlier ? m_offset : m_earlier;
      if(offset != LONG_MAX && command.sentAt + offset > nowMs + SESSION_EARLY_MS)
        {
         ForgetOffset();
         return(0);
        }
      return(offset == LONG_MAX ? 0 : command.sentAt + offset + command.expiresMs);
     }
  };

#endif
//+------------------------------------------------------------------+
