using System.Buffers;
using System.IO.Pipelines;
using Jingwei.Mqtt;
using Microsoft.AspNetCore.Connections;

namespace Jingwei.Tests.Mqtt;

/// <summary>A connection without a network: what is sent at once arrives at once, so that a test knows which packets lie in the buffer together.</summary>
internal sealed class PipeClient : DefaultConnectionContext, IDuplexPipe
{
    // Of a size that packets do not divide, so that they lie across the segments of the pipe.
    private const int SegmentSize = 61;

    private readonly Pipe incoming = new(new PipeOptions(new SmallBlocks(), minimumSegmentSize: SegmentSize, useSynchronizationContext: false));
    private readonly Pipe outgoing = new(new PipeOptions(useSynchronizationContext: false));
    private readonly Task serving;

    public PipeClient(MqttServer server)
    {
        Transport = this;
        serving = ServeAsync(server);
    }

    PipeReader IDuplexPipe.Input => incoming.Reader;

    PipeWriter IDuplexPipe.Output => outgoing.Writer;

    public async Task SendAsync(params string[] packets) => await SendAsync(packets.SelectMany(RawClient.Bytes).ToArray());

    public async Task SendAsync(byte[] bytes) => await incoming.Writer.WriteAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>Sends CONNECT and swallows CONNACK.</summary>
    public async Task ConnectAsync(string hex = RawClient.ConnectV5)
    {
        await SendAsync(hex);
        Assert.StartsWith("20", await ReadPacketAsync(), StringComparison.Ordinal);
    }

    /// <summary>The next packet, of less than 128 bytes, in hexadecimal; "" when the server closed.</summary>
    public async Task<string> ReadPacketAsync()
    {
        while (true)
        {
            var result = await outgoing.Reader.ReadAsync(TestContext.Current.CancellationToken);
            var bytes = result.Buffer.ToArray();
            if (bytes.Length >= 2 && bytes.Length >= bytes[1] + 2)
            {
                var length = bytes[1] + 2;
                outgoing.Reader.AdvanceTo(result.Buffer.GetPosition(length));
                return string.Join(' ', bytes.Take(length).Select(b => b.ToString("X2", null)));
            }

            outgoing.Reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted)
            {
                return "";
            }
        }
    }

    /// <summary>Comes back when the server has read everything sent before; the hook may not have seen yet what was published in it.</summary>
    public async Task PingAsync()
    {
        await SendAsync("C0 00");
        Assert.Equal("D0 00", await ReadPacketAsync());
    }

    public override void Abort(ConnectionAbortedException abortReason) => incoming.Writer.Complete(abortReason);

    public override async ValueTask DisposeAsync()
    {
        await incoming.Writer.CompleteAsync();
        await serving;
        await base.DisposeAsync();
    }

    private async Task ServeAsync(MqttServer server)
    {
        await server.ServeAsync(this);
        await incoming.Reader.CompleteAsync();
        await outgoing.Writer.CompleteAsync();
    }

    /// <summary>Fills what is given back, so that a read of bytes that were given back too early shows.</summary>
    private sealed class SmallBlocks : MemoryPool<byte>
    {
        public override int MaxBufferSize => SegmentSize;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => new Block();

        protected override void Dispose(bool disposing)
        {
        }

        private sealed class Block : IMemoryOwner<byte>
        {
            private readonly byte[] bytes = new byte[SegmentSize];

            public Memory<byte> Memory => bytes;

            public void Dispose() => Array.Fill(bytes, (byte)0xDD);
        }
    }
}
