//+------------------------------------------------------------------+
//| ZmtpInbox.mqh - whole messages that have come and wait to be     |
//| taken by the program.                                            |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_ZMTPINBOX_MQH
#define BITTENDESK_ZMTPINBOX_MQH

#include <BittenDesk/Queues.mqh>

#define ZMTP_MAX_IN        1000      // messages that may wait
#define ZMTP_MAX_IN_BYTES  1048576   // bytes of bodies that may wait

class CZmtpInbox
  {
private:
   CByteQueue        m_bodies;
   CNumberQueue      m_sizes;
   ulong             m_total;

public:
                     CZmtpInbox(void)
     {
      m_total = 0;
     }

   int               Waiting(void) const
     {
      return(m_sizes.Size());
     }

   //--- false: nothing more is read from the socket until the program has taken something
   bool              HasRoom(void) const
     {
      return(m_sizes.Size() < ZMTP_MAX_IN && m_bodies.Size() < ZMTP_MAX_IN_BYTES);
     }

   void              Add(const CByteQueue &received, const int place, const int size)
     {
      m_bodies.AddFrom(received, place, size);
      m_sizes.Add(size);
      m_total++;
     }

   //--- the oldest message; false where there is none
   bool              Take(uchar &body[])
     {
      if(m_sizes.Size() == 0)
         return(false);
      const int size = (int)m_sizes.At(0);
      m_bodies.CopyTo(body, 0, size);
      m_bodies.Drop(size);
      m_sizes.DropFirst();
      return(true);
     }

   //--- messages that have come so far
   ulong             Total(void) const
     {
      return(m_total);
     }

   void              Clear(void)
     {
      m_bodies.Clear();
      m_sizes.Clear();
     }
  };

#endif
//+------------------------------------------------------------------+
