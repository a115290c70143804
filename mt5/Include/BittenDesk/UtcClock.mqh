//+------------------------------------------------------------------+
//| UtcClock.mqh - UTC in milliseconds that never runs backwards by  |
//| itself: the PC's clock at the start, and GetTickCount64 from     |
//| there on. Where the PC's clock is set meanwhile, it says so and  |
//| begins anew.                                                     |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_UTCCLOCK_MQH
#define BITTENDESK_UTCCLOCK_MQH

#define UTCCLOCK_STEP_MS  2000   // the PC's clock has been set if it differs by so much

class CUtcClock
  {
private:
   long              m_baseMs;
   ulong             m_baseTicks;

   void              Begin(void)
     {
      m_baseMs = (long)TimeGMT() * 1000;
      m_baseTicks = GetTickCount64();
     }

public:
                     CUtcClock(void)
     {
      m_baseMs = 0;
      m_baseTicks = 0;
     }

   long              NowMs(void)
     {
      if(m_baseMs == 0)
         Begin();
      return(m_baseMs + (long)(GetTickCount64() - m_baseTicks));
     }

   //--- whether the PC's clock has been set since the last call
   bool              WasSet(void)
     {
      const long differs = (long)TimeGMT() * 1000 - NowMs();
      if(differs > -UTCCLOCK_STEP_MS - 1000 && differs < UTCCLOCK_STEP_MS)
         return(false);
      Begin();
      return(true);
     }
  };

#endif
//+------------------------------------------------------------------+
