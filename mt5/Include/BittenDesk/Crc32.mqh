//+------------------------------------------------------------------+
//| Crc32.mqh - the checksum CRC-32 as of zip and Ethernet           |
//| (polynomial EDB88320): of "123456789" it is CBF43926.            |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_CRC32_MQH
#define BITTENDESK_CRC32_MQH

class CCrc32
  {
private:
   uint              m_table[256];

public:
                     CCrc32(void)
     {
      for(uint i = 0; i < 256; i++)
        {
         uint value = i;
         for(int bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
         m_table[i] = value;
        }
     }

   //--- the checksum of count bytes from start on, behind others whose checksum is before; 0 where there are none
   uint              Of(const uchar &bytes[], const int start, const int count, const uint before) const
     {
      uint sum = ~before;
      for(int i = start; i < start + count; i++)
         sum = m_table[(sum ^ bytes[i]) & 0xFF] ^ (sum >> 8);
      return(~sum);
     }
  };

#endif
//+------------------------------------------------------------------+
