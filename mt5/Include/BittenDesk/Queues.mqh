//+------------------------------------------------------------------+
//| Queues.mqh - first in, first out: a queue of bytes and one of    |
//| whole numbers.                                                   |
//|                                                                  |
//| The array behind a queue is longer than the queue: it doubles    |
//| when it is full, and what has been taken from the front is only  |
//| removed once it is half of the array. So adding and taking cost  |
//| the same however long the queue is.                              |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_QUEUES_MQH
#define BITTENDESK_QUEUES_MQH

#include <BittenDesk/Utf8.mqh>

#define QUEUE_FIRST_ROOM   256     // elements of the array at first
#define QUEUE_KEPT_ROOM    65536   // a larger array is given back once its queue is empty

//+------------------------------------------------------------------+
//| Bytes                                                            |
//+------------------------------------------------------------------+
class CByteQueue
  {
private:
   uchar             m_bytes[];
   int               m_from;        // index of the queue's first byte
   int               m_to;          // index behind its last byte

   void              MakeRoom(const int count)
     {
      if(m_to + count <= ArraySize(m_bytes))
         return;
      if(m_from > 0 && m_from >= ArraySize(m_bytes) / 2)
        {
         ArrayRemove(m_bytes, 0, m_from);
         m_to -= m_from;
         m_from = 0;
        }
      if(m_to + count > ArraySize(m_bytes))
         ArrayResize(m_bytes, QUEUE_FIRST_ROOM + 2 * m_to + count);
     }

public:
                     CByteQueue(void)
     {
      m_from = 0;
      m_to = 0;
     }

   int               Size(void) const
     {
      return(m_to - m_from);
     }

   void              Clear(void)
     {
      m_from = 0;
      m_to = 0;
      if(ArraySize(m_bytes) > QUEUE_KEPT_ROOM)
         ArrayFree(m_bytes);
     }

   void              Add(const uint value)
     {
      MakeRoom(1);
      m_bytes[m_to] = (uchar)(value & 0xFF);
      m_to++;
     }

   //--- count bytes of an array from start on
   void              AddBytes(const uchar &bytes[], const int start, const int count)
     {
      if(count <= 0)
         return;
      MakeRoom(count);
      ArrayCopy(m_bytes, bytes, m_to, start, count);
      m_to += count;
     }

   //--- count bytes of another queue, from a place of it on
   void              AddFrom(const CByteQueue &other, const int place, const int count)
     {
      if(count <= 0)
         return;
      MakeRoom(count);
      ArrayCopy(m_bytes, other.m_bytes, m_to, other.m_from + place, count);
      m_to += count;
     }

   void              AddZeros(const int count)
     {
      MakeRoom(count);
      ArrayFill(m_bytes, m_to, count, 0);
      m_to += count;
     }

   //--- a text in UTF-8
   void              AddText(const string text)
     {
      uchar bytes[];
      const int count = Utf8Bytes(text, bytes);
      AddBytes(bytes, 0, count);
     }

   //--- the byte at a place counted from the front, 0 being the first
   uint              At(const int place) const
     {
      return(m_bytes[m_from + place]);
     }

   //--- a copy of count bytes from a place on; target gets exactly this size
   void              CopyTo(uchar &target[], const int place, const int count) const
     {
      ArrayResize(target, count);
      if(count > 0)
         ArrayCopy(target, m_bytes, 0, m_from + place, count);
     }

   //--- takes bytes away from the front
   void              Drop(const int count)
     {
      m_from += count;
      if(m_from >= m_to)
         Clear();
     }
  };

//+------------------------------------------------------------------+
//| Whole numbers                                                    |
//+------------------------------------------------------------------+
class CNumberQueue
  {
private:
   long              m_numbers[];
   int               m_from;
   int               m_to;

public:
                     CNumberQueue(void)
     {
      m_from = 0;
      m_to = 0;
     }

   int               Size(void) const
     {
      return(m_to - m_from);
     }

   void              Clear(void)
     {
      m_from = 0;
      m_to = 0;
     }

   void              Add(const long number)
     {
      if(m_to == ArraySize(m_numbers))
        {
         if(m_from > 0 && m_from >= m_to / 2)
           {
            ArrayRemove(m_numbers, 0, m_from);
            m_to -= m_from;
            m_from = 0;
           }
         ArrayResize(m_numbers, QUEUE_FIRST_ROOM + 2 * m_to);
        }
      m_numbers[m_to] = number;
      m_to++;
     }

   long              At(const int place) const
     {
      return(m_numbers[m_from + place]);
     }

   void              DropFirst(void)
     {
      m_from++;
      if(m_from >= m_to)
         Clear();
     }
  };

#endif
//+------------------------------------------------------------------+
