//+------------------------------------------------------------------+
//| ZmtpPulse.mqh - whether the peer still answers.                  |
//|                                                                  |
//| MetaTrader may not notice that a connection has ended (rule E5). |
//| So each second without a byte from the peer a PING is due: its   |
//| sending fails where the connection is gone. And the peer is      |
//| silent where no byte comes for five seconds after a PING.        |
//| Silence counts from a PING, not from the last byte: an EA that   |
//| was held up itself has sent no PING meanwhile.                   |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_ZMTPPULSE_MQH
#define BITTENDESK_ZMTPPULSE_MQH

#define ZMTP_PING_MS     1000   // a PING each time so long has passed without a byte from the peer
#define ZMTP_SILENCE_MS  5000   // limit of the time from the first such PING to the next byte

//--- times are those of GetTickCount64
class CZmtpPulse
  {
private:
   bool              m_isOn;
   ulong             m_heard;      // when bytes last came
   ulong             m_pinged;     // when the first PING since then was written
   ulong             m_lastPing;   // when the last one was
   bool              m_isOut;      // a PING has been written since bytes last came

public:
                     CZmtpPulse(void)
     {
      m_isOn = true;
      Heard(0);
     }

   void              Use(const bool on)
     {
      m_isOn = on;
     }

   //--- bytes have come, or the connection has just been made
   void              Heard(const ulong now)
     {
      m_heard = now;
      m_pinged = now;
      m_lastPing = now;
      m_isOut = false;
     }

   void              Pinged(const ulong now)
     {
      if(!m_isOut)
         m_pinged = now;
      m_lastPing = now;
      m_isOut = true;
     }

   bool              IsDue(const ulong now) const
     {
      return(m_isOn && now - m_heard >= ZMTP_PING_MS && now - m_lastPing >= ZMTP_PING_MS);
     }

   bool              IsSilent(const ulong now) const
     {
      return(m_isOn && m_isOut && now - m_pinged > ZMTP_SILENCE_MS);
     }
  };

#endif
//+------------------------------------------------------------------+
