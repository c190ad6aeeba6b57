using System.Net.Sockets;

namespace Jingwei.Tests.Mqtt;

/// <summary>Bytes to and from a server, written by hand from the specification.</summary>
internal sealed class RawClient(Stream stream, TcpClient owner) : IDisposable
{
    /// <summary>CONNECT, MQTT 5.0, clean start, keep alive 0, client identifier "raw".</summary>
    public const string ConnectV5 = "10 10 00 04 4D 51 54 54 05 02 00 00 00 00 03 72 61 77";

    /// <summary>CONNECT, MQTT 3.1.1, clean session, keep alive 0, client identifier "raw".</summary>
    public const string ConnectV311 = "10 0F 00 04 4D 51 54 54 04 02 00 00 00 03 72 61 77";

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public async Task SendAsync(string hex) => await SendAsync(Bytes(hex));

    public async Task SendAsync(byte[] bytes) => await stream.WriteAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>Sends CONNECT and swallows CONNACK.</summary>
    public async Task ConnectAsync(string hex = ConnectV5)
    {
        await SendAsync(hex);
        var answer = await ReadPacketAsync();
        Assert.StartsWith("20", answer, StringComparison.Ordinal);
        Assert.Equal("00", answer.Split(' ')[3]);
    }

    /// <summary>The next packet in hexadecimal; "" when the server closed.</summary>
    public async Task<string> ReadPacketAsync()
    {
        try
        {
            var header = new byte[1];
            if (await stream.ReadAtLeastAsync(header, 1, false, TestContext.Current.CancellationToken) == 0)
            {
                return "";
            }

            var bytes = new List<byte>(header);
            var length = 0;
            for (var shift = 0; ; shift += 7)
            {
                await stream.ReadExactlyAsync(header, TestContext.Current.CancellationToken);
                bytes.Add(header[0]);
                length |= (header[0] & 0x7F) << shift;
                if (header[0] < 0x80)
                {
                    break;
                }
            }

            var body = new byte[length];
            await stream.ReadExactlyAsync(body, TestContext.Current.CancellationToken);
            return string.Join(' ', bytes.Concat(body).Select(b => b.ToString("X2", null)));
        }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return "";
        }
    }

    /// <summary>Comes back when the server has read everything sent before; the hook may not have seen yet what was published in it.</summary>
    public async Task PingAsync()
    {
        await SendAsync("C0 00");
        Assert.Equal("D0 00", await ReadPacketAsync());
    }

    /// <summary>The reason code of the DISCONNECT that comes next, after which the server has closed.</summary>
    public async Task<string> ReadDisconnectAsync()
    {
        var packet = await ReadPacketAsync();
        Assert.StartsWith("E0", packet, StringComparison.Ordinal);
        Assert.Equal("", await ReadPacketAsync());
        return packet.Split(' ')[2];
    }

    /// <summary>Sends, then closes this half of the connection; a server that closed first is fine.</summary>
    public async Task SendThenFinishAsync(byte[] bytes)
    {
        try
        {
            await SendAsync(bytes);
            owner.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // Closed by the server in the middle of it.
        }
    }

    /// <summary>Reads until the server has closed.</summary>
    public async Task ReadToEndAsync()
    {
        try
        {
            await stream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // Reset is an end too.
        }
    }

    public void Dispose() => owner.Dispose();
}
