//+------------------------------------------------------------------+
//| ZmtpSocket.mqh - one TCP connection by MQL5's own sockets, used  |
//| so that it never waits (rules E1 to E5):                         |
//| - SocketRead waits until all that it asks for has come, so it    |
//|   asks for no more than SocketIsReadable says.                   |
//| - SocketIsReadable can say 1 where nothing is there, so a read   |
//|   waits 1 ms at most, and one that fails is no loss by itself.   |
//| - SocketSend can take a part only.                               |
//| - Each step is limited in bytes, in calls and in time.           |
//| Only SocketConnect waits, for the time that it is given.         |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_ZMTPSOCKET_MQH
#define BITTENDESK_ZMTPSOCKET_MQH

#include <BittenDesk/ZmtpOutbox.mqh>

#define ZMTP_READ_CHUNK    8192     // bytes of one SocketRead
#define ZMTP_STEP_BYTES    32768    // bytes in each direction of one step
#define ZMTP_STEP_CALLS    256      // calls in each direction of one step
#define ZMTP_STEP_US       1500     // microseconds in each direction of one step
#define ZMTP_READ_WAIT_MS  1        // of a read whose bytes are there
#define ZMTP_SEND_WAIT_MS  100      // of a send that SocketIsWritable allowed
#define ZMTP_NOT_ALLOWED   4014     // the address is not in the terminal's list
#define ZMTP_TOO_MANY      5271     // 128 sockets are open in the terminal

class CZmtpSocket
  {
private:
   int               m_socket;
   int               m_error;       // of the last call that failed
   uchar             m_chunk[];

public:
                     CZmtpSocket(void)
     {
      m_socket = INVALID_HANDLE;
      m_error = 0;
     }

                    ~CZmtpSocket(void)
     {
      Close();
     }

   int               Error(void) const
     {
      return(m_error);
     }

   void              Close(void)
     {
      if(m_socket != INVALID_HANDLE)
         SocketClose(m_socket);
      m_socket = INVALID_HANDLE;
     }

   //--- waits at most so long; false: Error and Fault say why not
   bool              Connect(const string host, const uint port, const uint limitMs)
     {
      Close();
      ResetLastError();
      m_socket = SocketCreate();
      if(m_socket != INVALID_HANDLE && SocketConnect(m_socket, host, port, limitMs))
        {
         SocketTimeouts(m_socket, ZMTP_SEND_WAIT_MS, ZMTP_SEND_WAIT_MS);
         return(true);
        }
      m_error = GetLastError();
      Close();
      return(false);
     }

   //--- why there is no connection to an address, and what to do
   string            Fault(const string address) const
     {
      if(m_error == ZMTP_NOT_ALLOWED)
         return("The terminal does not allow " + address + " (error 4014): in Tools, Options, Expert Advisors add it to the list of allowed URLs, with and without its port, and press Enter after each line.");
      if(m_error == ZMTP_TOO_MANY)
         return("The terminal has no socket left (error 5271): remove programs that use sockets.");
      return("Nothing answers at " + address + " (error " + IntegerToString(m_error) + "): start the program there, or correct host and port.");
     }

   bool              IsConnected(void) const
     {
      return(m_socket != INVALID_HANDLE && SocketIsConnected(m_socket));
     }

   //--- reads what is there, within the limits of a step; drained: nothing was left. Gives the number of bytes.
   int               Read(CByteQueue &received, bool &drained)
     {
      const ulong start = GetMicrosecondCount();
      int total = 0;
      drained = false;
      for(int calls = 0; calls < ZMTP_STEP_CALLS && total < ZMTP_STEP_BYTES; calls++)
        {
         const uint readable = SocketIsReadable(m_socket);
         int got = 0;
         if(readable > 0)
           {
            const uint wanted = readable < ZMTP_READ_CHUNK ? readable : ZMTP_READ_CHUNK;
            ArrayResize(m_chunk, (int)wanted, ZMTP_READ_CHUNK);
            ResetLastError();
            got = SocketRead(m_socket, m_chunk, wanted, ZMTP_READ_WAIT_MS);
           }
         if(got <= 0)
           {
            drained = true;
            break;
           }
         received.AddBytes(m_chunk, 0, got);
         total += got;
         if(GetMicrosecondCount() - start > ZMTP_STEP_US)
            break;
        }
      return(total);
     }

   //--- sends what waits, within the limits of a step; false: the connection is broken
   bool              Send(CZmtpOutbox &outbox)
     {
      const ulong start = GetMicrosecondCount();
      int total = 0;
      for(int calls = 0; calls < ZMTP_STEP_CALLS && total < ZMTP_STEP_BYTES; calls++)
        {
         const int size = outbox.NextChunk(m_chunk);
         if(size == 0)
            return(true);
         ResetLastError();
         if(!SocketIsWritable(m_socket))
           {
            m_error = GetLastError();
            return(SocketIsConnected(m_socket));
           }
         const int sent = SocketSend(m_socket, m_chunk, (uint)size);
         if(sent < 0)
           {
            m_error = GetLastError();
            return(false);
           }
         outbox.Left(sent);
         total += sent;
         if(sent == 0 || GetMicrosecondCount() - start > ZMTP_STEP_US)
            return(true);
        }
      return(true);
     }
  };

#endif
//+------------------------------------------------------------------+
