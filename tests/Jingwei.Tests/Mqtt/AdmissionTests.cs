using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Connecting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jingwei.Tests.Mqtt;

/// <summary>How many connections come in, and what becomes of the others.</summary>
public sealed class AdmissionTests
{
    private readonly ManualTime time = new(DateTimeOffset.UnixEpoch);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_burst_comes_in_at_once_and_the_others_at_the_rate_in_their_order()
    {
        // 10 a second: one every 100 ms.
        var admission = Admission(new() { ConnectionRate = 10, ConnectionBurst = 3, MaxWaitingConnections = 4 });
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await EnterAsync(admission));
        }

        var waiting = Enumerable.Range(0, 4).Select(_ => EnterAsync(admission)).ToArray();
        for (var i = 0; i < 4; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(99));
            Assert.False(waiting[i].IsCompleted);
            time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(await waiting[i]);
        }

        Assert.Equal((0, 4, 0), (admission.Waiting, admission.Delayed, admission.Cut));
    }

    [Fact]
    public async Task A_time_of_fewer_gives_back_the_burst_and_no_more()
    {
        var admission = Admission(new() { ConnectionRate = 10, ConnectionBurst = 2, MaxWaitingConnections = 1 });
        for (var round = 0; round < 2; round++)
        {
            Assert.True(await EnterAsync(admission));
            Assert.True(await EnterAsync(admission));
            var third = EnterAsync(admission);
            Assert.False(third.IsCompleted);
            time.Advance(TimeSpan.FromMilliseconds(100));
            Assert.True(await third);
            time.Advance(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public async Task Who_finds_the_queue_full_is_cut_and_who_is_gone_leaves_his_place()
    {
        var admission = Admission(new() { ConnectionRate = 1, ConnectionBurst = 1, MaxWaitingConnections = 1 });
        Assert.True(await EnterAsync(admission));
        using var leaving = new CancellationTokenSource();
        var first = admission.EnterLaterAsync(leaving.Token);
        Assert.False(await EnterAsync(admission));
        Assert.Equal((1, 1, 1), (admission.Waiting, admission.Delayed, admission.Cut));

        await leaving.CancelAsync();
        Assert.False(await first);
        var next = EnterAsync(admission);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await next);
        Assert.Equal(1, admission.Cut);
    }

    [Fact]
    public async Task A_server_that_stops_lets_nobody_in()
    {
        var admission = Admission(new() { ConnectionRate = 1, ConnectionBurst = 1, MaxWaitingConnections = 1 });
        Assert.True(await EnterAsync(admission));
        var waiting = EnterAsync(admission);
        admission.Close();
        Assert.False(await waiting);
        time.Advance(TimeSpan.FromHours(1));
        Assert.False(await EnterAsync(admission));
        Assert.Equal((0, 1, 0), (admission.Waiting, admission.Delayed, admission.Cut));
    }

    [Fact]
    public async Task Over_the_network_one_waits_for_its_connack_and_one_too_many_is_cut()
    {
        await using var server = await TestServer.StartAsync(
            options => options with { Limits = new() { ConnectionRate = 1, ConnectionBurst = 1, MaxWaitingConnections = 1 } }, time);
        using var first = await server.OpenAsync();
        await first.ConnectAsync(RawClient.ConnectV311);
        using var second = await server.OpenAsync();
        await second.SendAsync(RawClient.ConnectV311.Replace("72 61 77", "74 77 6F", StringComparison.Ordinal));
        while (server.Server.Counters.ConnectionsWaiting == 0)
        {
            await Task.Yield();
        }

        Assert.Equal("", await ReadFromNewAsync(server));
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://127.0.0.1:{server.HttpPort}/mqtt"), Cancel));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, socket.HttpStatusCode);
        Assert.Equal(["1"], socket.HttpResponseHeaders!["Retry-After"]);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("20 02 00 00", await second.ReadPacketAsync());
        var counters = server.Server.Counters;
        Assert.Equal((2, 0, 1, 2), (counters.Connections, counters.ConnectionsWaiting, counters.ConnectionsDelayed, counters.ConnectionsCut));
    }

    /// <summary>What a new connection gets; "" when it is cut, which may be before it was made.</summary>
    private static async Task<string> ReadFromNewAsync(TestServer server)
    {
        try
        {
            using var client = await server.OpenAsync();
            return await client.ReadPacketAsync();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return "";
        }
    }

    private static async Task<bool> EnterAsync(Admission admission) => admission.TryEnter() || await admission.EnterLaterAsync(Cancel);

    private Admission Admission(MqttServerLimits limits) => new(limits, time, NullLogger.Instance);
}
