using System.Net;
using Jingwei.Identifiers.Handle.Server;

namespace Jingwei.Tests.Identifiers.Handle;

/// <summary>Requests in several datagrams (RFC 3652, 2.3): each but the last carries 492 bytes.</summary>
public sealed class PartialRequestsTests
{
    private readonly ManualTime clock = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly byte[] message = [.. Enumerable.Range(0, 1000).Select(each => (byte)each)];

    [Fact]
    public void Parts_in_any_order_and_twice_make_the_message()
    {
        var partial = new PartialRequests(new(), clock);
        Assert.Null(Add(partial, 2));
        Assert.Null(Add(partial, 0));
        Assert.Null(Add(partial, 2));
        Assert.Equal(message, Add(partial, 1));
        // It is forgotten then.
        Assert.Null(Add(partial, 1));
    }

    [Fact]
    public void Parts_of_another_sender_request_or_length_do_not_mix()
    {
        var partial = new PartialRequests(new(), clock);
        Add(partial, 0);
        Add(partial, 1);
        Assert.Null(Add(partial, 2, requestId: 2));
        Assert.Null(Add(partial, 2, sender: "127.0.0.2"));
        Assert.Null(partial.Add(Sender("127.0.0.1"), new() { RequestId = 1, Sequence = 1, MessageLength = 600 }, message.AsSpan(492, 108)));
        Assert.Equal(message, Add(partial, 2));
    }

    [Fact]
    public void Parts_that_cannot_be_are_dropped()
    {
        var partial = new PartialRequests(new(), clock);
        Assert.Null(partial.Add(Sender("127.0.0.1"), new() { RequestId = 1, Sequence = 3, MessageLength = 1000 }, message.AsSpan(0, 16)));
        Assert.Null(partial.Add(Sender("127.0.0.1"), new() { RequestId = 1, Sequence = 0, MessageLength = 1000 }, message.AsSpan(0, 491)));
        Assert.Null(partial.Add(Sender("127.0.0.1"), new() { RequestId = 1, Sequence = 2, MessageLength = 1000 }, message.AsSpan(984, 15)));
    }

    [Fact]
    public void What_does_not_come_in_time_is_forgotten()
    {
        var partial = new PartialRequests(new(), clock);
        Add(partial, 0);
        Add(partial, 1);
        clock.Advance(new HandleServerLimits().PartialTimeout);
        Assert.Null(Add(partial, 2));
    }

    [Theory]
    [InlineData(1, 1 << 20)]
    [InlineData(10, 1999)]
    public void One_request_too_many_is_dropped_until_there_is_room(int requests, int bytes)
    {
        var partial = new PartialRequests(new() { PartialRequests = requests, PartialBytes = bytes }, clock);
        Add(partial, 0);
        Add(partial, 1);
        Add(partial, 0, requestId: 2);
        Assert.Equal(message, Add(partial, 2));
        Add(partial, 0, requestId: 3);
        Add(partial, 1, requestId: 3);
        Assert.Equal(message, Add(partial, 2, requestId: 3));
        Assert.Null(Add(partial, 2, requestId: 2));
    }

    private static SocketAddress Sender(string address) => new IPEndPoint(IPAddress.Parse(address), 1000).Serialize();

    private byte[]? Add(PartialRequests partial, int part, int requestId = 1, string sender = "127.0.0.1") =>
        partial.Add(Sender(sender), new() { RequestId = requestId, Sequence = part, MessageLength = message.Length }, message.AsSpan(part * 492, Math.Min(492, message.Length - (part * 492))));
}
